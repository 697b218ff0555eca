/* VIKOR: on each piece where S, R and their extremes are linear, Q_i = Q_j is a quadratic; where all S or all R meet,
   Q may jump, so the ends of the pieces count too. */
function regretRoots(form, along, add) {
  const ends = regretPieces(form, along), at = ends.map(t => regrets(form, along, t));
  for (let p = 0; p + 1 < ends.length; p++) {
    const [a, b] = [at[p], at[p + 1]], width = x => Math.max(...x) - Math.min(...x);
    pairs(a.sums.length, (i, j) => {
      const gap = (name, x, share) => share * (x[name][i] - x[name][j]);
      const one = product(gap("sums", a, form.share), gap("sums", b, form.share), width(a.most), width(b.most));
      const two = product(gap("most", a, 1 - form.share), gap("most", b, 1 - form.share), width(a.sums), width(b.sums));
      const terms = one.map((x, k) => x + two[k]), sizes = one.map((x, k) => Math.abs(x) + Math.abs(two[k]));
      for (const s of quadratic(terms, sizes)) if (s > 0) add(ends[p] + (ends[p + 1] - ends[p]) * s / (1 + s));
    });
  }
  ends.slice(1, -1).forEach(add);
}

function product(left, right, from, to) {
  const [a, b] = from === 0 && to === 0 ? [1, 1] : [from, to];
  return [right * b, left * b + right * a, left * a];
}

function regrets(form, along, t) {
  const w = along.at(t);
  return {
    sums: form.parts[0].map(row => dot(row, w)),
    most: form.parts[0].map(row => Math.max(...row.map((x, j) => x * w[j]))),
  };
}

function regretPieces(form, along) {
  const ends = [0, 1], whole = form.parts[0].map(row => dot(row, along.whole));
  const rest = form.parts[0].map(row => dot(row, along.part));
  const peaks = form.parts[0].flatMap(row => row.map((x, j) => [x * along.whole[j], x * along.part[j]]));
  const meet = (a, b) => { const fall = a[0] - b[0], rise = a[1] - b[1]; if (fall * rise < 0) ends.push(rise / (rise - fall)); };
  pairs(whole.length, (i, j) => meet([whole[i], rest[i]], [whole[j], rest[j]]));
  pairs(peaks.length, (i, j) => meet(peaks[i], peaks[j]));
  return [...new Set(ends)].sort((a, b) => a - b);
}
