package extra

import (
	"strings"
	"testing"
)

// What a Faker makes has the form that it has in the Python package, follows its seed, and is unique where asked.
func TestFaker(t *testing.T) {
	t.Parallel()
	got := script(t, `
import re
from faker import Faker
fake = Faker("de-DE")
forms = {
    "name": r"\S+ \S+", "first_name": r"[A-Z][a-z]+", "email": r"[a-z0-9]+@example\.(com|net|org)", "safe_email": r"\S+@example\.\w+", "user_name": r"[a-z0-9]+",
    "password": r"\S{10}", "phone_number": r"[-+().x0-9]{10,}", "address": r"\d+ \w+ \w+\n[\w ]+, [A-Z]{2} \d{5}", "street_address": r"\d+ \w+ \w+", "zipcode": r"\d{5}", "postcode": r"\d{5}",
    "company": r"[\w, ]+", "sentence": r"[A-Z][a-z ]+\.", "word": r"[a-z]+", "uuid4": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "date": r"\d{4}-\d\d-\d\d", "url": r"https?://www\.[a-z]+\.[a-z]+/", "domain_name": r"[a-z]+\.[a-z]+", "ipv4": r"\d+\.\d+\.\d+\.\d+", "user_agent": r"Mozilla/5\.0 \(.*", "hex_color": r"#[0-9a-f]{6}",
    "credit_card_number": r"\d{15,16}", "catch_phrase": r"\S+ \S+ \S+", "bs": r"\S+ \S+ \S+", "file_name": r"\w+\.\w+", "iso8601": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "sha256": r"[0-9a-f]{64}",
    "md5": r"[0-9a-f]{32}", "job": r"[A-Z].*", "city": r"[A-Z].*", "country": r"[A-Z].*", "state": r"[A-Z].*", "color_name": r"[A-Z]\w+", "mac_address": r"([0-9a-f]{2}:){5}[0-9a-f]{2}", "slug": r"[a-z-]+",
}
for name, form in forms.items():
    for _ in range(20):
        v = getattr(fake, name)()
        if not re.fullmatch(form, v):
            print("form", name, repr(v))
for _ in range(50):
    digits = [int(c) for c in fake.credit_card_number()]
    if sum(sum(divmod(d * (1 + i % 2), 10)) for i, d in enumerate(reversed(digits))) % 10:
        print("luhn", digits)
    if len(fake.text(50)) > 50 or len(fake.text(5)) > 5:
        print("long text")
    if not 18 <= (__import__("datetime").date.today() - fake.date_of_birth(minimum_age=18, maximum_age=30)).days / 365.25 < 32:
        print("age")
print(fake.random_int(3, 3), fake.numerify("%#-x").count("-"), len(fake.lexify("??-??")), fake.bothify("#?")[0].isdigit(), fake.random_element(["a"]), len(fake.words(4)), len(fake.pystr(5, 5)), fake.pyfloat(min_value=1, max_value=2) < 2)
Faker.seed(7)
a = [fake.name(), fake.email(), fake.uuid4(), fake.random_int()]
Faker.seed(7)
print(a == [fake.name(), fake.email(), fake.uuid4(), fake.random_int()], a == [fake.name(), fake.email(), fake.uuid4(), fake.random_int()])
print(sorted(fake.unique.random_digit() for _ in range(10)))
try:
    fake.unique.random_digit()
except Exception as e:
    print(type(e).__name__, e)
fake.unique.clear()
fake.unique.random_digit()
try:
    fake.nonsense()
except AttributeError as e:
    print(e)
from faker.providers import BaseProvider
class Mine(BaseProvider):
    def thing(self):
        return self.random_element(["x"]) + str(self.random_int(1, 1))
fake.add_provider(Mine)
print(fake.thing(), len(fake.password(length=20, special_chars=False)), fake.password(length=8, special_chars=False).isalnum())
`, "")
	want := `3 1 5 True a 4 5 True
True False
[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
UniquenessException Got duplicated values after 1,000 attempts.
'Generator' object has no attribute 'nonsense'
x1 20 True
`
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
