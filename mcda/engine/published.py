"""Worked examples from the literature: what others computed, to the digits they printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mcda.engine.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Published:
    """A worked example with its printed scores.

    Attributes
    ----------
    method : key of ``METHODS``
    source : author, year and place
    values, directions, weights : as printed; the weights as they stand, whatever they sum to
    scores : as printed
    tolerance : half of the last printed digit, or less where the scores are exact
    normalization, options : of the method
    mended : by position, what the printed values give where the printed score is another one
    reason : why it is another one
    """

    method: str
    source: str
    values: Sequence[Sequence[float]]
    directions: Sequence[int]
    weights: Sequence[float]
    scores: Sequence[float]
    tolerance: float
    normalization: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    mended: Mapping[int, float] = field(default_factory=dict)
    reason: str = ""

    @property
    def expected(self) -> tuple[float, ...]:
        """Give the scores that a method must reproduce: the printed ones but for those that are mended."""
        return tuple(self.mended.get(i, score) for i, score in enumerate(self.scores))

    def problem(self) -> Problem:
        """Give the example as a problem, whose weights are brought to sum to 1."""
        return Problem(self.values, self.directions, self.weights)


CLIMB = [[1, 3000], [2, 3750], [5, 4500]]
CHOICE = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
PHONES = [
    [80, 16, 2, 5], [110, 32, 2, 9], [130, 64, 4, 9], [185, 64, 4, 1], [135, 64, 3, 4],
    [140, 32, 3, 5], [185, 64, 6, 7], [110, 16, 3, 3], [120, 16, 4, 3], [340, 128, 6, 5],
]
FRONT = [
    [1.679e6, 1.525e-7, 3.747e-5, 0.251, 2.917], [2.213e6, 1.304e-7, 3.250e-5, 0.218, 6.633],
    [2.461e6, 1.445e-7, 3.854e-5, 0.259, 0.553], [2.854e6, 1.540e-7, 3.970e-5, 0.266, 1.597],
    [3.107e6, 1.522e-7, 3.779e-5, 0.254, 2.905], [3.574e6, 1.469e-7, 3.297e-5, 0.221, 6.378],
    [3.932e6, 1.977e-7, 3.129e-5, 0.210, 11.381], [4.383e6, 1.292e-7, 3.142e-5, 0.211, 9.929],
    [4.988e6, 1.690e-7, 3.767e-5, 0.253, 8.459], [5.497e6, 5.703e-7, 3.012e-5, 0.200, 18.918],
    [5.751e6, 4.653e-7, 3.017e-5, 0.201, 17.517],
]

PUBLISHED: tuple[Published, ...] = (
    Published(
        method="topsis", source="Hwang and Yoon 1981, fighter aircraft", tolerance=5e-4,
        values=[
            [2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5],
            [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5.0, 5, 5],
        ],
        directions=[1, 1, 1, -1, 1, 1], weights=[0.2, 0.1, 0.1, 0.1, 0.2, 0.3],
        scores=[0.643, 0.268, 0.614, 0.312],
    ),
    Published(
        method="topsis", source="Tzeng and Huang 2011, TOPSIS", tolerance=5e-5,
        values=CHOICE,
        directions=[1, 1, 1], weights=[0.3, 0.4, 0.3],
        scores=[0.5037, 0.6581, 0.7482, 0.3340],
    ),
    Published(
        method="topsis", source="Opricovic and Tzeng 2004, mountain climbing", tolerance=5e-4,
        values=CLIMB,
        directions=[-1, 1], weights=[0.5, 0.5], normalization="minmax",
        scores=[0.500, 0.617, 0.500],
    ),
    Published(
        method="weighted_sum", source="Kracka, Brauers and Zavadskas 2010, heating losses", tolerance=5e-9,
        values=[
            [33.95, 23.78, 11.45, 39.97, 29.44, 167.10, 3.852], [38.90, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
            [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845], [30.44, 37.59, 13.91, 74.08, 45.10, 198.34, 2.186],
            [36.21, 14.79, 9.17, 17.77, 17.06, 148.30, 6.610], [37.80, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
        ],
        directions=[-1, -1, -1, -1, 1, -1, 1], weights=[1 / 7] * 7, normalization="sum",
        scores=[0.12040426, 0.34582350, 0.13838192, 0.12841246, 0.12346084, 0.14351701],
    ),
    Published(
        method="weighted_product", source="Wikipedia, Weighted product model, revision 1015567716", tolerance=5e-10,
        values=[[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]],
        directions=[1, 1, 1, 1], weights=[0.20, 0.15, 0.40, 0.25], normalization="sum",
        scores=[0.315292841, 0.312979066, 0.295479626],
        mended={0: 0.315292839, 1: 0.312979065}, reason="rounded on the way",
    ),
    Published(
        method="waspas", source="Chakraborty, Zavadskas and Antucheviciene 2015", tolerance=5e-5,
        values=[
            [30, 23, 5, 0.745, 0.745, 1500, 5000], [18, 13, 15, 0.745, 0.745, 1300, 6000],
            [15, 12, 10, 0.500, 0.500, 950, 7000], [25, 20, 13, 0.745, 0.745, 1200, 4000],
            [14, 18, 14, 0.255, 0.745, 950, 3500], [17, 15, 9, 0.745, 0.500, 1250, 5250],
            [23, 18, 20, 0.500, 0.745, 1100, 3000], [16, 8, 14, 0.255, 0.500, 1500, 3000],
        ],
        directions=[1, 1, 1, 1, 1, -1, -1], weights=[0.1181, 0.1181, 0.0445, 0.1181, 0.2861, 0.2861, 0.0445],
        scores=[0.8329, 0.7884, 0.6987, 0.8831, 0.7971, 0.7036, 0.8728, 0.5749],
    ),
    Published(
        method="vikor", source="Opricovic and Tzeng 2004, mountain climbing", tolerance=1e-9,
        values=CLIMB,
        directions=[-1, 1], weights=[0.5, 0.5],
        scores=[1, 0, 1],
    ),
    Published(
        method="vikor", source="Tzeng and Huang 2011, VIKOR", tolerance=1e-9,
        values=CHOICE,
        directions=[1, 1, 1], weights=[0.3, 0.4, 0.3],
        scores=[0.75, 0.25, 0, 1],
    ),
    Published(
        method="vikor", source="Yang and Wu 2020", tolerance=5e-5,
        values=[[78, 56, 34, 6], [4, 45, 3, 97], [18, 2, 50, 63], [9, 14, 11, 92], [85, 9, 100, 29]],
        directions=[1, 1, 1, 1], weights=[0.25, 0.25, 0.25, 0.25],
        scores=[0.5679, 0.7667, 1, 0.7493, 0],
    ),
    Published(
        method="promethee", source="Brans, Vincke and Mareschal 1986, hydroelectric sites", tolerance=5e-4,
        values=[
            [80, 90, 6, 5.4, 8, 5], [65, 58, 2, 9.7, 1, 1], [83, 60, 4, 7.2, 4, 7],
            [40, 80, 10, 7.5, 7, 10], [52, 72, 6, 2.0, 3, 8], [94, 96, 7, 3.6, 5, 6],
        ],
        directions=[-1, 1, -1, -1, -1, 1], weights=[1 / 6] * 6,
        options={
            "preference_functions": ["ushape", "vshape", "linear", "level", "usual", "gaussian"],
            "q": [10, 0, 0.5, 1, 0, 0],
            "p": [0, 30, 5, 6, 0, 0],
            "s": [0, 0, 0, 0, 0, 5],
        },
        scores=[-0.146, 0.017, -0.089, -0.020, 0.293, -0.055],
        mended={2: -0.090}, reason="-0.08952 is cut, not rounded",
    ),
    Published(
        method="promethee", source="Papathanasiou and Ploskas 2018, ch. PROMETHEE", tolerance=5e-3,
        values=[[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]],
        directions=[1, 1, 1, 1], weights=[0.4, 0.3, 0.1, 0.2],
        options={"preference_functions": "linear", "q": 1, "p": 2},
        scores=[-0.26, -0.52, -0.22, 0.36, 0.70, -0.06],
    ),
    Published(
        method="promethee", source="Zhao, Peng and Li 2013", tolerance=1e-9,
        values=[[4, 3, 2], [3, 2, 4], [5, 1, 3]],
        directions=[1, 1, 1], weights=[0.5, 0.3, 0.2],
        scores=[0.1, -0.3, 0.2],
    ),
    Published(
        method="copras", source="Goswami and Mitra 2020, mobile phones", tolerance=5e-6,
        values=PHONES,
        directions=[-1, 1, 1, 1], weights=[0.60338, 0.13639, 0.19567, 0.06456],
        scores=[1, 0.85262, 0.91930, 0.68523, 0.80515, 0.72587, 0.83436, 0.79758, 0.79097, 0.79533],
    ),
    Published(
        method="copras", source="Kundakcı and Işık 2016, air compressors", tolerance=5e-5,
        values=[
            [1543, 2000, 39000, 15, 13.76, 3.86, 5, 3, 5000], [1496, 3600, 43000, 14, 14.0, 2.5, 4, 4, 4000],
            [1584, 3100, 24500, 10, 13.1, 3.7, 2, 2, 3500], [1560, 2700, 36000, 12, 13.2, 3.2, 3, 3, 3500],
            [1572, 2500, 31500, 13, 13.3, 3.4, 3, 2, 3500], [1580, 2400, 20000, 12, 12.8, 3.9, 2, 2, 3000],
        ],
        directions=[-1, -1, -1, 1, 1, -1, 1, 1, 1],
        weights=[0.2027, 0.1757, 0.1622, 0.1351, 0.1081, 0.0946, 0.0676, 0.0405, 0.0135],
        scores=[1, 0.9167, 0.8675, 0.9084, 0.9315, 0.9486],
    ),
    Published(
        method="edas", source="Mathew 2018, mobile phones", tolerance=5e-5,
        values=[[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]],
        directions=[-1, 1, 1, 1], weights=[0.35, 0.25, 0.25, 0.15],
        scores=[0.4421, 0.1690, 0.8053, 0.4697, 0.4015],
    ),
    Published(
        method="edas", source="Yazdani, Torkayesh, Santibanez-Gonzalez and Otaghsara 2020", tolerance=5e-4,
        values=[
            [3873, 39.55, 0.27, 0.87, 150, 0.07, 12, 2130], [5067, 67.26, 0.23, 0.23, 40, 0.02, 21, 2200],
            [2213, 24.69, 0.08, 0.17, 200, 0.04, 35, 570], [6243, 132, 0.07, 0.25, 100, 0.04, 16, 100],
            [8312, 460.47, 0.05, 0.21, 25, 0.1, 25, 200],
        ],
        directions=[-1, -1, -1, 1, 1, -1, 1, 1], weights=[0.131, 0.113, 0.126, 0.125, 0.126, 0.129, 0.132, 0.117],
        scores=[0.841, 0.632, 0.883, 0.457, 0.104],
    ),
    Published(
        method="mabac", source="Pamučar and Ćirović 2015, forklifts", tolerance=5e-5,
        values=[
            [22600, 3800, 2, 5, 1.06, 3.00, 3.5, 2.8, 24.5, 6.5], [19500, 4200, 3, 2, 0.95, 3.00, 3.4, 2.2, 24.0, 7.0],
            [21700, 4000, 1, 3, 1.25, 3.20, 3.3, 2.5, 24.5, 7.3], [20600, 3800, 2, 5, 1.05, 3.25, 3.2, 2.0, 22.5, 11.0],
            [22500, 3800, 4, 3, 1.35, 3.20, 3.7, 2.1, 23.0, 6.3], [23250, 4210, 3, 5, 1.45, 3.60, 3.5, 2.8, 23.5, 7.0],
            [20300, 3850, 2, 5, 0.90, 3.25, 3.0, 2.6, 21.5, 6.0],
        ],
        directions=[-1, 1, 1, 1, -1, -1, 1, 1, 1, 1],
        weights=[0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.050, 0.048],
        scores=[0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464],
    ),
    Published(
        method="spotis", source="Dezert, Tchamova, Han and Tacnet 2020, example 1", tolerance=5e-5,
        values=[[10.5, -3.1, 1.7], [-4.7, 0.0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]],
        directions=[1, -1, 1], weights=[0.2, 0.3, 0.5],
        options={"bounds": [[-5, 12], [-6, 10], [-8, 5]]},
        scores=[0.1989, 0.3707, 0.3063, 0.7491],
        mended={1: 0.3705}, reason="a misprint of 0.37051",
    ),
    Published(
        method="spotis", source="Dezert, Tchamova, Han and Tacnet 2020, car selection", tolerance=5e-5,
        values=[
            [15000, 4.3, 99, 42, 737], [15290, 5.0, 116, 42, 892], [15350, 5.0, 114, 45, 952],
            [15490, 5.3, 123, 45, 1120],
        ],
        directions=[-1, -1, -1, 1, 1], weights=[0.2941, 0.2353, 0.2353, 0.0588, 0.1765],
        options={
            "bounds": [[14000, 16000], [3, 8], [80, 140], [35, 60], [650, 1300]],
            "isp": [15300, 4, 115, 50, 900],
        },
        scores=[0.1841, 0.0734, 0.0842, 0.1920],
    ),
    Published(
        method="aras", source="Goswami and Mitra 2020, mobile phones", tolerance=5e-6,
        values=PHONES,
        directions=[-1, 1, 1, 1], weights=[0.60338, 0.13639, 0.19567, 0.06456],
        scores=[0.68915, 0.58525, 0.62793, 0.46666, 0.54924, 0.49801, 0.56959, 0.54950, 0.54505, 0.53549],
    ),
    Published(
        method="cocoso", source="Yazdani, Zarate, Zavadskas and Turskis 2019, robots",
        tolerance=5e-4,
        values=[
            [60, 0.4, 2540, 500, 990], [6.35, 0.15, 1016, 3000, 1041], [6.8, 0.1, 1727.2, 1500, 1676],
            [10, 0.2, 1000, 2000, 965], [2.5, 0.1, 560, 500, 915], [4.5, 0.08, 1016, 350, 508],
            [3, 0.1, 1778, 1000, 920],
        ],
        directions=[1, -1, 1, 1, 1], weights=[0.036, 0.192, 0.326, 0.326, 0.120],
        scores=[2.041, 2.788, 2.882, 2.416, 1.300, 1.443, 2.520],
        mended={4: 1.299, 6: 2.519}, reason="1.2987 and 2.5191 are rounded on the way",
    ),
    Published(
        method="codas", source="Badi, Shetwan and Abdulshahed 2017, steel suppliers", tolerance=5e-5,
        values=[
            [45, 3600, 45, 0.9], [25, 3800, 60, 0.8], [23, 3100, 35, 0.9], [14, 3400, 50, 0.7], [15, 3300, 40, 0.8],
            [28, 3000, 30, 0.6],
        ],
        directions=[1, -1, 1, 1], weights=[0.2857, 0.3036, 0.2321, 0.1786],
        scores=[1.3914, 0.3411, -0.2170, -0.5381, -0.7292, -0.2481],
    ),
    Published(
        method="comet", source="Paradowski, Bączkiewicz and Watróbski 2021, graphics cards", tolerance=5e-5,
        values=[
            [64, 128, 2.9, 4.3, 3.2, 280, 495, 24763, 3990], [28, 56, 3.1, 3.8, 3.8, 255, 417, 12975, 2999],
            [8, 16, 3.5, 5.3, 4.8, 125, 636, 5725, 539], [12, 24, 3.7, 4.8, 4.5, 105, 637, 8468, 549],
            [10, 20, 3.7, 5.3, 4.9, 125, 539, 6399, 499], [8, 16, 3.6, 4.4, 4.0, 65, 501, 4834, 329],
            [6, 12, 3.7, 4.6, 4.2, 65, 604, 4562, 299], [16, 32, 3.4, 4.9, 4.2, 105, 647, 10428, 799],
            [8, 16, 3.6, 5.0, 4.5, 125, 609, 5615, 399], [18, 36, 3.0, 4.8, 4.3, 165, 480, 8848, 979],
            [24, 48, 3.8, 4.5, 4.0, 280, 509, 13552, 1399], [28, 56, 2.5, 3.8, 2.8, 205, 376, 8585, 10000],
        ],
        directions=[1, 1, 1, 1, 1, -1, 1, 1, -1], weights=[1 / 9] * 9,
        options={
            "characteristic_values": [
                [6, 64], [12, 128], [2.5, 3.8], [3.8, 5.3], [2.8, 4.9], [65, 280], [376, 647], [4562, 24763],
                [299, 10000],
            ]
        },
        scores=[0.5433, 0.3447, 0.6115, 0.6168, 0.6060, 0.4842, 0.5516, 0.6100, 0.5719, 0.4711, 0.4979, 0.1452],
    ),
    Published(
        method="ervd", source="Shyur, Yin, Shih and Cheng 2015", tolerance=5e-4,
        values=[
            [80, 70, 87, 77, 76, 80, 75], [85, 65, 76, 80, 75, 65, 75], [78, 90, 72, 80, 85, 90, 85],
            [75, 84, 69, 85, 65, 65, 70], [84, 67, 60, 75, 85, 75, 80], [85, 78, 82, 81, 79, 80, 80],
            [77, 83, 74, 70, 71, 65, 70], [78, 82, 72, 80, 78, 70, 60], [85, 90, 80, 88, 90, 80, 85],
            [89, 75, 79, 67, 77, 70, 75], [65, 55, 68, 62, 70, 50, 60], [70, 64, 65, 65, 60, 60, 65],
            [95, 80, 70, 75, 70, 75, 75], [70, 80, 79, 80, 85, 80, 70], [60, 78, 87, 70, 66, 70, 65],
            [92, 85, 88, 90, 85, 90, 95], [86, 87, 80, 70, 72, 80, 85],
        ],
        directions=[1] * 7, weights=[0.066, 0.196, 0.066, 0.130, 0.130, 0.216, 0.196],
        options={"reference": [80] * 7},
        scores=[
            0.660, 0.503, 0.885, 0.521, 0.610, 0.796, 0.498, 0.549, 0.908, 0.565, 0.070, 0.199, 0.632, 0.716, 0.438,
            0.972, 0.767,
        ],
    ),
    Published(
        method="lmaw", source="Pamučar, Žižović, Biswas and Božanić 2021, logistics", tolerance=5e-4,
        values=[
            [647.34, 6.24, 49.87, 19.46, 212.58, 6.75], [115.64, 3.24, 16.26, 9.69, 207.59, 3.00],
            [373.61, 5.00, 26.43, 12.00, 184.62, 3.74], [37.63, 2.48, 2.85, 9.35, 142.50, 3.24],
            [858.01, 4.74, 62.85, 45.96, 267.95, 4.00], [222.92, 3.00, 19.24, 21.46, 221.38, 3.49],
        ],
        directions=[1, 1, -1, -1, -1, 1], weights=[0.215, 0.126, 0.152, 0.090, 0.190, 0.226],
        scores=[4.840, 4.681, 4.799, 4.733, 4.736, 4.704],
    ),
    Published(
        method="mairca", source="Aksoy 2021, mergers and acquisitions", tolerance=5e-5,
        values=[[70, 245, 16.4, 19], [52, 246, 7.3, 22], [53, 295, 10.3, 25], [63, 256, 12, 8], [64, 233, 5.3, 17]],
        directions=[1, 1, 1, 1], weights=[0.04744, 0.02464, 0.51357, 0.41435],
        scores=[0.0332, 0.1122, 0.0654, 0.1304, 0.1498],
    ),
    Published(
        method="marcos", source="Ulutaş et al. 2020, stackers", tolerance=5e-5,
        values=[
            [660, 1000, 1600, 18, 1200], [800, 1000, 1600, 24, 900], [980, 1000, 2500, 24, 900],
            [920, 1500, 1600, 24, 900], [1380, 1500, 1500, 24, 1150], [1230, 1000, 1600, 24, 1150],
            [680, 1500, 1600, 18, 1100], [960, 2000, 1600, 12, 1150],
        ],
        directions=[-1, 1, 1, 1, 1], weights=[0.1061, 0.3476, 0.3330, 0.1185, 0.0949],
        scores=[0.5649, 0.5543, 0.6410, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543],
    ),
    Published(
        method="moora", source="Siregar et al. 2021", tolerance=5e-5,
        values=[
            [1.5, 3, 5, 3.3], [2, 7, 5, 3.35], [3, 1, 5, 3.07], [2.2, 4, 5, 3.5], [2, 5, 3, 3.09], [3.2, 2, 3, 3.48],
            [2.775, 3, 5, 3.27],
        ],
        directions=[-1, 1, 1, 1], weights=[0.3, 0.2, 0.1, 0.4],
        scores=[0.1801, 0.2345, 0.0625, 0.1757, 0.1683, 0.0742, 0.1197],
    ),
    Published(
        method="ocra", source="Işık and Adalı 2016, hotels", tolerance=5e-4,
        values=[
            [7.7, 256, 7.2, 7.3, 7.3], [8.1, 250, 7.9, 7.8, 7.7], [8.7, 352, 8.6, 7.9, 8.0], [8.1, 262, 7.0, 8.1, 7.2],
            [6.5, 271, 6.3, 6.4, 6.1], [6.8, 228, 7.1, 7.2, 6.5],
        ],
        directions=[1, -1, 1, 1, 1], weights=[0.239, 0.225, 0.197, 0.186, 0.153],
        scores=[0.143, 0.210, 0.164, 0.167, 0.000, 0.112],
    ),
    Published(
        method="probid", source="Wang, Rangaiah and Wang 2021, PROBID", tolerance=5e-5,
        values=FRONT,
        directions=[1, -1, -1, -1, -1], weights=[0.1819, 0.2131, 0.1838, 0.1832, 0.2379],
        scores=[0.8568, 0.7826, 0.9362, 0.9369, 0.9379, 0.8716, 0.5489, 0.7231, 0.7792, 0.3331, 0.3387],
    ),
    Published(
        method="sprobid", source="Wang, Rangaiah and Wang 2021, sPROBID", tolerance=5e-5,
        values=FRONT,
        directions=[1, -1, -1, -1, -1], weights=[0.1819, 0.2131, 0.1838, 0.1832, 0.2379],
        scores=[2.4246, 2.0596, 3.2806, 3.3702, 3.4374, 2.6435, 1.2628, 1.8158, 2.0885, 0.3399, 0.4279],
    ),
    Published(
        method="ram", source="Sotoudeh-Anvari 2023", tolerance=5e-5,
        values=[
            [0.068, 0.066, 0.150, 0.098, 0.156, 0.114, 0.098], [0.078, 0.076, 0.108, 0.136, 0.082, 0.171, 0.105],
            [0.157, 0.114, 0.128, 0.083, 0.108, 0.113, 0.131], [0.106, 0.139, 0.058, 0.074, 0.132, 0.084, 0.120],
            [0.103, 0.187, 0.125, 0.176, 0.074, 0.064, 0.057], [0.105, 0.083, 0.150, 0.051, 0.134, 0.094, 0.113],
            [0.137, 0.127, 0.056, 0.133, 0.122, 0.119, 0.114], [0.100, 0.082, 0.086, 0.060, 0.062, 0.109, 0.093],
            [0.053, 0.052, 0.043, 0.100, 0.050, 0.078, 0.063], [0.094, 0.074, 0.097, 0.087, 0.080, 0.054, 0.106],
        ],
        directions=[1, -1, -1, 1, 1, 1, 1], weights=[0.132, 0.135, 0.138, 0.162, 0.090, 0.223, 0.120],
        scores=[1.4332, 1.4392, 1.4353, 1.4322, 1.4279, 1.4301, 1.4394, 1.4308, 1.4294, 1.4288],
    ),
    Published(
        method="rim", source="Cables, Lamata and Verdegay 2016, as corrected by its authors", tolerance=5e-6,
        values=[
            [30, 0, 2, 3, 3, 2], [40, 9, 1, 3, 2, 2], [25, 0, 3, 1, 3, 2], [27, 0, 5, 3, 3, 1], [45, 15, 2, 2, 3, 4],
        ],
        directions=[1, 1, -1, 1, 1, 1], weights=[0.2262, 0.2143, 0.1786, 0.1429, 0.1190, 0.1190],
        options={
            "bounds": [[23, 60], [0, 15], [0, 10], [1, 3], [1, 3], [1, 5]],
            "ideal": [[30, 35], [10, 15], [0, 0], [3, 3], [3, 3], [4, 5]],
        },
        scores=[0.58663, 0.75584, 0.37163, 0.46658, 0.74015],
    ),
)
