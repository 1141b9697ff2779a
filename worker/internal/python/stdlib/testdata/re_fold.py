import re
texts = ["sſ", "ſs", "ſſ", "SS", "Ss", "ßẞ", "ẞß", "ßß", "İi", "iİ", "Iİ", "ıI", "Iı", "ıı", "kK", "KK", "Kk", "σς", "Σς", "ΣΣ", "ςΣ", "éÉ", "Éé", "µμ", "μΜ", "ǅǆ", "ǅǄ", "ﬅﬆ", "ΐΐ", "aA", "Ωω", "ϴθ", "Ꭰꭰ", "ᏸᏰ"]
for p, f in [(r"(.)\1", re.I), (r"(\w)\1", re.I | re.A), (r"(.)\1", re.I | re.A), (r"(?i:(.)\1)", 0), (r"(?P<x>[a-zſ-ſß-ẞİı])(?P=x)", re.I), (r"^(?=(.))\1\1$", re.I), (r"(?i)(.)(?:\1)\Z", 0)]:
    print(p, f, [t for t in texts if re.search(p, t, f)])
print(re.sub(r"(\w+) \1", r"<\1>", "Straße STRASSE straße Straße İst ist ſo so SO", flags=re.I))
print(re.findall(r"<(\w+)>[^<]*</\1>", "<Größe>x</GRÖẞE> <größe>y</GRÖßE> <ſ>z</s>", re.I))
print(re.findall(rb"(.)\1", "éÉaA".encode("latin-1"), re.I), re.search(r"(é)\1", "éÉ", re.I | re.A), re.search(r"(é)\1", "éÉ", re.I))
