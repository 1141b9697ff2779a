"""What a Faker makes."""
import hashlib
import string
import uuid
from datetime import date as _date, datetime as _datetime, time as _clock, timedelta
from decimal import Decimal
from faker import words as w

_letters = string.ascii_letters


class Provider:
    # numbers and choices
    def random_int(self, min=0, max=9999, step=1):
        return self.random.randrange(min, max + 1, step)

    def random_digit(self):
        return self.random.randint(0, 9)

    def random_digit_not_null(self):
        return self.random.randint(1, 9)

    def random_number(self, digits=None, fix_len=False):
        digits = self.random_digit_not_null() if digits is None else digits
        return self.random.randint(10 ** (digits - 1) if fix_len and digits > 1 else 0, 10**digits - 1)

    def random_letter(self):
        return self.random.choice(_letters)

    def random_letters(self, length=16):
        return [self.random_letter() for _ in range(length)]

    def random_lowercase_letter(self):
        return self.random.choice(string.ascii_lowercase)

    def random_uppercase_letter(self):
        return self.random.choice(string.ascii_uppercase)

    def random_element(self, elements=("a", "b", "c")):
        if isinstance(elements, dict):
            return self.random.choices(list(elements), list(elements.values()))[0]
        return self.random.choice(list(elements))

    def random_elements(self, elements=("a", "b", "c"), length=None, unique=False, use_weighting=None):
        items = list(elements)
        length = self.random.randint(1, len(items)) if length is None else length
        return self.random.sample(items, length) if unique else [self.random_element(elements) for _ in range(length)]

    random_choices = random_elements

    def random_sample(self, elements=("a", "b", "c"), length=None):
        return self.random_elements(elements, length, True)

    def randomize_nb_elements(self, number=10, le=False, ge=False, min=None, max=None):
        low, high = (100 if ge else 60), (100 if le else 140)
        return int(number * self.random.randint(low, high) / 100)

    def boolean(self, chance_of_getting_true=50):
        return self.random.randint(1, 100) <= chance_of_getting_true

    pybool = boolean

    def pyint(self, min_value=0, max_value=9999, step=1):
        return self.random_int(min_value, max_value, step)

    def pyfloat(self, left_digits=None, right_digits=None, positive=None, min_value=None, max_value=None):
        if min_value is not None or max_value is not None:
            low = min_value if min_value is not None else (0 if max_value > 0 else max_value - 1000)
            x = self.random.uniform(low, max_value if max_value is not None else low + 10000)
        else:
            x = self.random.uniform(0 if positive else -1, 1) * 10 ** (left_digits if left_digits is not None else 5)
        return round(x, right_digits if right_digits is not None else 6)

    def pydecimal(self, left_digits=None, right_digits=None, positive=None, min_value=None, max_value=None):
        return Decimal(str(self.pyfloat(left_digits, right_digits if right_digits is not None else 4, positive, min_value, max_value)))

    def pystr(self, min_chars=None, max_chars=20, prefix="", suffix=""):
        n = max_chars if min_chars is None else self.random.randint(min_chars, max_chars)
        return prefix + "".join(self.random_letters(n)) + suffix

    def pylist(self, nb_elements=10, **kw):
        return [self.word() for _ in range(nb_elements)]

    def pydict(self, nb_elements=10, **kw):
        return {self.word(): self.word() for _ in range(nb_elements)}

    def numerify(self, text="###"):
        return "".join(str(self.random_digit()) if c == "#" else str(self.random_digit_not_null()) if c == "%" else c for c in text)

    def lexify(self, text="????", letters=_letters):
        return "".join(self.random.choice(letters) if c == "?" else c for c in text)

    def bothify(self, text="## ??", letters=_letters):
        return self.lexify(self.numerify(text), letters)

    def hexify(self, text="^^^^", upper=False):
        s = "".join(self.random.choice("0123456789abcdef") if c == "^" else c for c in text)
        return s.upper() if upper else s

    def language_code(self):
        return self.random.choice("en fr de es it pt nl sv da fi pl tr ja ko zh".split())

    # people
    def first_name_male(self):
        return self.random.choice(w.male)

    def first_name_female(self):
        return self.random.choice(w.female)

    def first_name(self):
        return self.random.choice(w.male + w.female)

    first_name_nonbinary = first_name

    def last_name(self):
        return self.random.choice(w.last)

    last_name_male = last_name_female = last_name

    def name(self):
        return f"{self.first_name()} {self.last_name()}"

    def name_male(self):
        return f"{self.first_name_male()} {self.last_name()}"

    def name_female(self):
        return f"{self.first_name_female()} {self.last_name()}"

    def prefix(self):
        return self.random.choice(["Mr.", "Ms.", "Mrs.", "Dr.", "Mx."])

    def suffix(self):
        return self.random.choice(["Jr.", "MD", "PhD", "DDS", "II"])

    def job(self):
        return self.random.choice(w.jobs)

    def phone_number(self):
        return self.numerify(self.random.choice(["###-###-####", "(###)###-####", "+1-###-###-####", "001-###-###-####", "###.###.####", "###-###-####x###"]))

    basic_phone_number = lambda self: self.numerify("###-###-####")
    msisdn = lambda self: self.numerify("%############")

    def ssn(self):
        return self.numerify("%##-##-####")

    def profile(self, fields=None, sex=None):
        p = self.simple_profile(sex)
        p.update(job=self.job(), company=self.company(), ssn=self.ssn(), residence=self.address(), website=[self.url()], blood_group=self.random.choice(["A+", "A-", "B+", "O+", "O-", "AB+"]))
        return {k: v for k, v in p.items() if not fields or k in fields}

    def simple_profile(self, sex=None):
        sex = sex or self.random.choice("MF")
        return {"username": self.user_name(), "name": self.name_female() if sex == "F" else self.name_male(), "sex": sex, "address": self.address(), "mail": self.email(), "birthdate": self.date_of_birth()}

    # places
    def city(self):
        return self.random.choice(w.cities)

    def state(self):
        return self.random.choice(w.states)

    administrative_unit = state

    def state_abbr(self, **kw):
        return self.random.choice(w.abbreviations)

    def country(self):
        return self.random.choice(w.countries)

    current_country = lambda self: "United States"

    def country_code(self, representation="alpha-2"):
        return self.random.choice(w.country_codes)

    def zipcode(self):
        return self.numerify("%####")

    postcode = postalcode = zipcode_in_state = zipcode

    def building_number(self):
        return str(self.random.randint(1, 9999))

    def street_name(self):
        return f"{self.last_name()} {self.street_suffix()}"

    def street_suffix(self):
        return self.random.choice(w.streets)

    def secondary_address(self):
        return self.numerify(self.random.choice(["Apt. ###", "Suite ###"]))

    def street_address(self):
        return f"{self.building_number()} {self.street_name()}"

    def address(self):
        return f"{self.street_address()}\n{self.city()}, {self.state_abbr()} {self.zipcode()}"

    def latitude(self):
        return Decimal(str(round(self.random.uniform(-90, 90), 6)))

    def longitude(self):
        return Decimal(str(round(self.random.uniform(-180, 180), 6)))

    def latlng(self):
        return self.latitude(), self.longitude()

    def coordinate(self, center=None, radius=0.001):
        x = self.random.uniform(-180, 180) if center is None else float(center) + self.random.uniform(-radius, radius)
        return Decimal(str(round(x, 6)))

    def timezone(self):
        return self.random.choice(["Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Africa/Nairobi", "Australia/Sydney"])

    # companies
    def company(self):
        if self.random.random() < 0.3:
            return f"{self.last_name()}, {self.last_name()} and {self.last_name()}"
        return f"{self.last_name()} {self.company_suffix()}"

    def company_suffix(self):
        return self.random.choice(w.companies)

    def catch_phrase(self):
        return " ".join(self.random.choice(x) for x in w.phrases)

    def bs(self):
        return " ".join(self.random.choice(x) for x in w.slogans)

    def company_email(self):
        return f"{self.user_name()}@{self.domain_name()}"

    # text
    def word(self, part_of_speech=None, ext_word_list=None):
        return self.random.choice(ext_word_list or w.common)

    def words(self, nb=3, ext_word_list=None, part_of_speech=None, unique=False):
        source = list(ext_word_list or w.common)
        return self.random.sample(source, nb) if unique else [self.random.choice(source) for _ in range(nb)]

    def sentence(self, nb_words=6, variable_nb_words=True, ext_word_list=None):
        if nb_words <= 0:
            return ""
        n = max(1, self.randomize_nb_elements(nb_words)) if variable_nb_words else nb_words
        return " ".join(self.words(n, ext_word_list)).capitalize() + "."

    def sentences(self, nb=3, ext_word_list=None):
        return [self.sentence(ext_word_list=ext_word_list) for _ in range(nb)]

    def paragraph(self, nb_sentences=3, variable_nb_sentences=True, ext_word_list=None):
        n = max(1, self.randomize_nb_elements(nb_sentences)) if variable_nb_sentences else nb_sentences
        return " ".join(self.sentences(n, ext_word_list))

    def paragraphs(self, nb=3, ext_word_list=None):
        return [self.paragraph(ext_word_list=ext_word_list) for _ in range(nb)]

    def text(self, max_nb_chars=200, ext_word_list=None):
        if max_nb_chars < 5:
            raise ValueError("text() can only generate text of at least 5 characters")
        out = ""
        while True:
            s = self.sentence(max(1, min(6, max_nb_chars // 12)), ext_word_list=ext_word_list)
            if len(out) + len(s) + bool(out) > max_nb_chars:
                return out or (self.word(ext_word_list=ext_word_list)[:max_nb_chars - 1].capitalize() + ".")
            out += (" " if out else "") + s

    def texts(self, nb_texts=3, max_nb_chars=200, ext_word_list=None):
        return [self.text(max_nb_chars, ext_word_list) for _ in range(nb_texts)]

    # the internet
    def user_name(self):
        return (self.random.choice([self.first_name()[0], self.first_name()]) + self.last_name() + self.random.choice(["", self.numerify("##")])).lower()

    def free_email_domain(self):
        return self.random.choice(["gmail.com", "yahoo.com", "hotmail.com"])

    def safe_domain_name(self):
        return self.random.choice(["example.com", "example.net", "example.org"])

    def email(self, safe=True, domain=None):
        return f"{self.user_name()}@{domain or (self.safe_domain_name() if safe else self.domain_name())}"

    def safe_email(self):
        return self.email()

    ascii_email = ascii_safe_email = safe_email

    def free_email(self):
        return self.email(domain=self.free_email_domain())

    ascii_free_email = free_email

    def domain_word(self):
        return self.last_name().lower()

    def tld(self):
        return self.random.choice(["com", "net", "org", "info", "biz"])

    def domain_name(self, levels=1):
        return ".".join([self.domain_word() for _ in range(levels)] + [self.tld()])

    def hostname(self, levels=1):
        return f"{self.random.choice(['web', 'srv', 'db', 'lt'])}-{self.numerify('##')}." + self.domain_name(levels)

    def url(self, schemes=None):
        return f"{self.random.choice(schemes or ['http', 'https'])}://www.{self.domain_name()}/"

    def uri_path(self, deep=None):
        return "/".join(self.words(deep or self.random.randint(1, 3)))

    def uri(self):
        return f"{self.url()}{self.uri_path()}/{self.word()}.html"

    def image_url(self, width=None, height=None, **kw):
        return f"https://picsum.photos/{width or self.random.randint(1, 1024)}/{height or self.random.randint(1, 1024)}"

    def slug(self, value=None):
        import re
        return re.sub(r"[^a-z0-9]+", "-", (value or self.text(20)).lower()).strip("-")

    def ipv4(self, network=False, address_class=None, private=None):
        return self.ipv4_private() if private else ".".join(str(self.random.randint(1, 254)) for _ in range(4))

    def ipv4_public(self, **kw):
        return f"{self.random.randint(11, 99)}.{self.random.randint(0, 255)}.{self.random.randint(0, 255)}.{self.random.randint(1, 254)}"

    def ipv4_private(self, **kw):
        return f"192.168.{self.random.randint(0, 255)}.{self.random.randint(1, 254)}"

    def ipv6(self, network=False):
        return ":".join(f"{self.random.getrandbits(16):x}" for _ in range(8))

    def mac_address(self, **kw):
        return ":".join(f"{self.random.getrandbits(8):02x}" for _ in range(6))

    def port_number(self, is_system=False, is_user=False, is_dynamic=False):
        return self.random.randint(0, 65535)

    def http_method(self):
        return self.random.choice("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split())

    def http_status_code(self, include_unassigned=True):
        return self.random.choice([200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 502, 503])

    def user_agent(self):
        v = f"{self.random.randint(90, 125)}.0.{self.random.randint(1000, 6000)}.{self.random.randint(0, 200)}"
        system = self.random.choice(["Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Macintosh; Intel Mac OS X 10_15_7"])
        return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v} Safari/537.36"

    chrome = firefox = safari = opera = internet_explorer = user_agent

    def password(self, length=10, special_chars=True, digits=True, upper_case=True, lower_case=True):
        kinds = [k for k, on in (("!@#$%^&*()_+", special_chars), (string.digits, digits), (string.ascii_uppercase, upper_case), (string.ascii_lowercase, lower_case)) if on]
        if length < len(kinds):
            raise AssertionError("Required length is shorter than required characters")
        out = [self.random.choice(k) for k in kinds] + [self.random.choice("".join(kinds)) for _ in range(length - len(kinds))]
        self.random.shuffle(out)
        return "".join(out)

    def uuid4(self, cast_to=str):
        u = uuid.UUID(int=self.random.getrandbits(128) & ~(0xF << 76) & ~(0x3 << 62) | 4 << 76 | 2 << 62)
        return cast_to(u) if cast_to else u

    def _hash(self, name, raw):
        h = hashlib.new(name, str(self.random.random()).encode())
        return h.digest() if raw else h.hexdigest()

    def md5(self, raw_output=False):
        return self._hash("md5", raw_output)

    def sha1(self, raw_output=False):
        return self._hash("sha1", raw_output)

    def sha256(self, raw_output=False):
        return self._hash("sha256", raw_output)

    def binary(self, length=1048576):
        return self.random.randbytes(length)

    # dates
    def _when(self, v):
        if v in (None, "now", "today"):
            return _datetime.now()
        if isinstance(v, timedelta):
            return _datetime.now() + v
        if isinstance(v, _datetime):
            return v.replace(tzinfo=None)
        if isinstance(v, _date):
            return _datetime(v.year, v.month, v.day)
        if isinstance(v, (int, float)):
            return _datetime.fromtimestamp(v)
        import re
        units = {"y": 365.24 * 86400, "M": 30.42 * 86400, "w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
        seconds = sum(int(n) * units[u] for n, u in re.findall(r"([+-]?\d+)\s*([yMwdhms])", v))
        return _datetime.now() + timedelta(seconds=seconds)

    def date_time_between(self, start_date="-30y", end_date="now", tzinfo=None):
        a, b = self._when(start_date), self._when(end_date)
        if a > b:
            raise ValueError("empty range for date_time_between")
        return (a + timedelta(seconds=int(self.random.random() * (b - a).total_seconds()))).replace(microsecond=0, tzinfo=tzinfo)

    date_time_between_dates = lambda self, datetime_start=None, datetime_end=None, tzinfo=None: self.date_time_between(datetime_start, datetime_end, tzinfo)

    def date_time(self, tzinfo=None, end_datetime=None):
        return self.date_time_between(_datetime(1970, 1, 1), end_datetime, tzinfo)

    def date_between(self, start_date="-30y", end_date="today"):
        return self.date_time_between(start_date, end_date).date()

    date_between_dates = lambda self, date_start=None, date_end=None: self.date_between(date_start, date_end)

    def date_object(self, end_datetime=None):
        return self.date_time(end_datetime=end_datetime).date()

    def date(self, pattern="%Y-%m-%d", end_datetime=None):
        return self.date_time(end_datetime=end_datetime).strftime(pattern)

    def time(self, pattern="%H:%M:%S", end_datetime=None):
        return self.date_time(end_datetime=end_datetime).strftime(pattern)

    def time_object(self, end_datetime=None):
        return self.date_time(end_datetime=end_datetime).time()

    def iso8601(self, tzinfo=None, end_datetime=None, sep="T", timespec="auto"):
        return self.date_time(tzinfo, end_datetime).isoformat(sep, timespec)

    def unix_time(self, end_datetime=None, start_datetime=None):
        return self.date_time(end_datetime=end_datetime).timestamp()

    def past_date(self, start_date="-30d", tzinfo=None):
        return self.date_between(start_date, "-1d")

    def future_date(self, end_date="+30d", tzinfo=None):
        return self.date_between("+1d", end_date)

    def past_datetime(self, start_date="-30d", tzinfo=None):
        return self.date_time_between(start_date, "-1s", tzinfo)

    def future_datetime(self, end_date="+30d", tzinfo=None):
        return self.date_time_between("+1s", end_date, tzinfo)

    def _this(self, **first):
        return self.date_time_between(_datetime.now().replace(hour=0, minute=0, second=0, microsecond=0, **first), "now")

    def date_time_this_year(self, *args, **kw):
        return self._this(month=1, day=1)

    def date_time_this_month(self, *args, **kw):
        return self._this(day=1)

    def date_this_year(self, *args, **kw):
        return self._this(month=1, day=1).date()

    def date_this_month(self, *args, **kw):
        return self._this(day=1).date()

    def date_time_this_decade(self, *args, **kw):
        return self.date_time_between("-10y", "now")

    date_time_this_century = date_time_this_decade

    def date_this_decade(self, *args, **kw):
        return self.date_between("-10y")

    date_this_century = date_this_decade

    def date_of_birth(self, tzinfo=None, minimum_age=0, maximum_age=115):
        today = _date.today()
        return today - timedelta(days=self.random.randint(minimum_age * 366, max(minimum_age * 366, int((maximum_age + 1) * 365.24) - 1)))

    def year(self):
        return self.date("%Y")

    def month(self):
        return self.date("%m")

    def month_name(self):
        return self.date("%B")

    def day_of_month(self):
        return self.date("%d")

    def day_of_week(self):
        return self.date("%A")

    # money, files, colours
    def credit_card_number(self, card_type=None):
        head, length = {"visa": ("4", 16), "mastercard": ("5" + str(self.random.randint(1, 5)), 16), "amex": ("34", 15), "discover": ("6011", 16)}.get(card_type, ("4", 16))
        digits = [int(c) for c in self.numerify(head + "#" * (length - 1 - len(head)))]
        total = sum(sum(divmod(d * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
        return "".join(map(str, digits)) + str(-total % 10)

    def credit_card_provider(self, card_type=None):
        return self.random.choice(["VISA 16 digit", "Mastercard", "American Express", "Discover"])

    def credit_card_expire(self, start="now", end="+10y", date_format="%m/%y"):
        return self.date_time_between(start, end).strftime(date_format)

    def credit_card_security_code(self, card_type=None):
        return self.numerify("###")

    def currency_code(self):
        return self.random.choice("USD EUR GBP JPY CHF CAD AUD SEK NOK DKK PLN INR BRL MXN".split())

    def iban(self):
        return "GB" + self.numerify("##") + self.lexify("????").upper() + self.numerify("#" * 14)

    bban = lambda self: self.lexify("????").upper() + self.numerify("#" * 14)

    def pricetag(self):
        return f"${self.random.randint(1, 99999) / 100:,.2f}"

    def ean(self, length=13, **kw):
        digits = [self.random_digit() for _ in range(length - 1)]
        return "".join(map(str, digits)) + str(-sum(d * (3 if (length - i) % 2 == 0 else 1) for i, d in enumerate(digits)) % 10)

    ean13 = lambda self, **kw: self.ean(13)
    ean8 = lambda self, **kw: self.ean(8)
    isbn13 = lambda self, separator="-": "978" + self.numerify("#" * 10)

    def file_extension(self, category=None):
        return self.random.choice(w.extensions[category or self.random.choice(list(w.extensions))])

    def file_name(self, category=None, extension=None):
        return f"{self.word()}.{extension or self.file_extension(category)}"

    def file_path(self, depth=1, category=None, extension=None, **kw):
        return "/" + "/".join(self.words(depth) + [self.file_name(category, extension)])

    def mime_type(self, category=None):
        return self.random.choice(w.mimes)

    def color_name(self):
        return self.random.choice(list(w.colors))

    def hex_color(self):
        return f"#{self.random.randint(1, 16777215):06x}"

    color = lambda self, *args, **kw: self.hex_color()
    safe_color_name = lambda self: self.random.choice("black blue fuchsia gray green lime maroon navy olive purple silver teal white yellow aqua".split())
    safe_hex_color = lambda self: "#" + self.hexify("^") * 2 + self.hexify("^") * 2 + self.hexify("^") * 2

    def rgb_color(self):
        return ",".join(str(self.random.randint(0, 255)) for _ in range(3))

    def license_plate(self):
        return self.bothify("??? ####").upper()

    def emoji(self):
        return chr(self.random.randint(0x1F600, 0x1F64F))

    def json(self, data_columns=None, num_rows=10, **kw):
        import json
        return json.dumps([{"name": self.name(), "residency": self.address()} for _ in range(num_rows)])
