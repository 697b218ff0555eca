"""What is asked, and from which evidence: studies and scenarios, read from files and turned into problems."""
