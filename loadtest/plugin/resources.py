# The part of the plug-in that has the metrics of the servers under test: files of monitors on this machine, and monitors on others.

# The most that the page gets of a file at a time, in bytes.
WINDOW = 2 << 20
# The most of a CSV that nobody asked for with --csv, in the folder for temporary files.
TEMPORARY = 256 << 20
# Seconds between two questions to a monitor, how long it may take to answer, and from one look at its clock to the next.
EVERY, PATIENCE, CLOCK = 2, 3, 300


class Metrics:
    """A metrics CSV that grows."""

    def __init__(self, name, path):
        self.name, self.path = name, path
        self.trouble = ""  # why no rows come, where that is known

    def file(self):
        """The CSV: of a folder, the newest in it."""
        if not os.path.isdir(self.path):
            return self.path
        names = [name for name in os.listdir(self.path) if name.startswith("metrics_") and name.endswith(".csv")]
        paths = [os.path.join(self.path, name) for name in names]
        return max(paths, key=os.path.getmtime) if paths else os.path.join(self.path, "metrics_*.csv")

    def state(self):
        """What people should know before they wait for rows; "" if they need not wait."""
        if self.trouble:
            return self.trouble
        try:
            with open(self.file(), "rb") as file:
                return "" if file.readline().endswith(b"\n") and file.readline().endswith(b"\n") else "no row yet in " + self.file()
        except OSError as error:
            return "no rows: %s: %s" % (error.filename or self.file(), error.strerror)

    def rows(self, known, after):
        """The whole lines after the position `after` of the file that is called `known`; of another file, or without a position, its
        newest. Returns what the file is called, its header, the lines, and the position after them."""
        with open(self.file(), "rb") as file:
            header, first = file.readline(), file.readline()
            if not first.endswith(b"\n"):
                return "", b"", b"", 0
            name = "%08x" % zlib.crc32(header + first)  # the first row has the second in which its monitor began
            size = file.seek(0, os.SEEK_END)
            if name != known or not len(header) <= after <= size:
                after = len(header)
                if size - after > WINDOW:
                    file.seek(size - WINDOW - 1)
                    file.readline()
                    after = file.tell()
            file.seek(after)
            lines = file.read(WINDOW)
            lines = lines[: lines.rfind(b"\n") + 1]
            return name, header, lines, after + len(lines)

    def whole(self):
        """The file up to its last whole line, in pieces, and its length."""
        file = open(self.file(), "rb")
        size = file.seek(0, os.SEEK_END)
        tail = min(size, 1 << 16)
        file.seek(size - tail)
        size -= tail - (file.read(tail).rfind(b"\n") + 1)
        file.seek(0)

        return pieces(file, size), size


class Monitor(Metrics):
    """A monitor on another host, whose rows are fetched and written to a CSV, on the clock of this machine."""

    def __init__(self, name, url, path, limit, token):
        super().__init__(name, path)
        self.url, self.token, self.limit = url, token, limit
        self.first_path, self.files, self.written = path, 0, None  # written: the columns of the file
        self.columns, self.started, self.interval = None, None, 1.0
        self.shift, self.clock_at = 0.0, None  # seconds that its clock is ahead, in whole intervals
        self.last = None  # Timestamp of the newest row, on its clock
        self.trouble = "the monitor at %s has not been asked yet" % url

    def start(self, environment):
        self.following = gevent.spawn(self.follow)
        environment.events.quitting.add_listener(lambda **_: self.finish())

    def finish(self):
        """Fetches the last rows when the master ends."""
        self.following.kill()  # it gives way only while it asks: no row is half written
        self.look()

    def follow(self):
        """Fetches rows as long as the master lives."""
        while True:
            self.look()
            gevent.sleep(EVERY)

    def look(self):
        """Fetches once. Trouble is said once, and so is its end."""
        trouble = ""
        try:
            self.fetch()
        except urllib.error.HTTPError as error:
            trouble = self.refusal(error.code)
        except urllib.error.URLError as error:
            trouble = "the monitor at %s does not answer: %s" % (self.url, error.reason)
        except OSError as error:
            trouble = "rows of the monitor at %s cannot be written: %s" % (self.url, error) if error.filename else self.silent(error)
        except (ValueError, KeyError, TypeError, http.client.HTTPException) as error:
            trouble = "what answers at %s is no monitor of this version: %s" % (self.url, error)
        except Exception as error:  # which must not end the master: Locust would end with an exit code of its own
            trouble = "the monitor at %s: %r" % (self.url, error)
        if trouble and trouble != self.trouble:
            log.warning("%s; it is asked again", trouble)
        elif not trouble and self.trouble:
            log.info("rows of the monitor at %s go to %s", self.url, self.path)
        self.trouble = trouble

    def silent(self, error):
        return "the monitor at %s does not answer: %s" % (self.url, error)

    def refusal(self, status):
        return {
            401: "the monitor at %s wants its token: set GREGARIA_MONITOR_TOKEN to the one that it was started with",
            403: "the monitor at %s shows its rows beyond its own machine only with a token: start it and Locust with GREGARIA_MONITOR_TOKEN",
            404: "what answers at %s has no rows as a monitor's --listen has: is the port right?",
            503: "the monitor at %s has no columns yet",
        }.get(status, "the monitor at %%s answers with status %d" % status) % self.url

    def ask(self, path):
        """What the monitor says at a path, and the headers of its answer."""
        question = urllib.request.Request(self.url + path)
        if self.token:
            question.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(question, timeout=PATIENCE) as answer:
            return answer.read().decode(), answer.headers

    def fetch(self):
        """Writes the rows that are newer than those that are written."""
        if self.columns is None:
            self.begin()
        if time.monotonic() - self.clock_at > CLOCK:
            self.set_clock()
        lines, headers = self.ask("/samples?since=%s" % number(self.last))
        if headers["Gregaria-Started"] != self.started:
            self.columns = None  # another monitor than before: perhaps with other columns
            return
        rows = [json.loads(line, parse_float=str, parse_int=str) for line in lines.splitlines()]
        rows = [row for row in rows if float(row["Timestamp"]) > self.last]
        if rows:
            self.write(rows)
            self.last = float(rows[-1]["Timestamp"])

    def begin(self):
        """Asks what the rows are, and begins a file if they are others than before."""
        text, _ = self.ask("/columns")
        said = json.loads(text)
        _, headers = self.ask("/samples?since=%d" % 9e11)
        columns, self.interval, self.started = said["columns"], float(said["interval"]), headers["Gregaria-Started"]
        if not isinstance(columns, list) or columns[:1] != ["Timestamp"] or self.interval <= 0:
            raise ValueError("its columns are %.80s" % text)
        self.set_clock()
        if self.last is None:
            self.last = time.time() + self.shift - self.interval
        self.open(columns)
        self.columns = columns

    def open(self, columns):
        """Begins a file with these columns, unless the one that is being written has them. A file that was there before stays as it is."""
        if columns == self.written:
            return
        base, extension = os.path.splitext(self.first_path)
        while True:
            self.files += 1
            self.path = self.first_path if self.files == 1 else "%s_%d%s" % (base, self.files, extension)
            try:
                with open(self.path, "x", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerow(columns)
                self.written = columns
                return
            except FileExistsError:
                pass

    def write(self, rows):
        """Appends rows: all of them, or none."""
        text = io.StringIO()
        cells = csv.writer(text, lineterminator="\n")
        for row in rows:
            at = float(row["Timestamp"]) - self.shift
            here = dict(row, Timestamp=number(at), Time=iso(at))
            cells.writerow([here.get(column, "") for column in self.columns])
        lines = text.getvalue().encode()
        with open(self.path, "ab", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                if file.write(lines) != len(lines):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError as error:
                file.truncate(size)
                raise OSError(error.errno, error.strerror, self.path) from error
        if self.limit and size > self.limit:
            self.forget()

    def forget(self):
        """Leaves of a file that has grown too large what the page shows."""
        _, header, lines, _ = self.rows("", 0)
        with open(self.path + ".new", "wb") as file:
            file.write(header + lines)
        os.replace(self.path + ".new", self.path)
        log.info("%s was cut to its newest rows; with --csv all are kept", self.path)

    def set_clock(self):
        """Asks eight times what the monitor's clock shows, and believes the answer that was on its way for the shortest time (RFC 5905)."""
        best = None
        for _ in range(8):
            asked = time.time()
            clock = json.loads(self.ask("/clock")[0])
            came = time.time()
            received, answered = clock["receive_ns"] / 1e9, clock["transmit_ns"] / 1e9
            way = (came - asked) - (answered - received)
            if best is None or way < best[0]:
                best = way, ((received - asked) + (answered - came)) / 2
        self.clock_at = time.monotonic()
        if abs(best[1] - self.shift) <= 0.75 * self.interval and self.columns:
            return  # half an interval and a bit is not worth a row that is missing or there twice
        before, self.shift = self.shift, round(best[1] / self.interval) * self.interval
        if self.shift != before and abs(best[1]) >= 0.5:
            log.info("the clock of %s is %.3f s %s; its rows are put on this machine's clock", self.name, abs(best[1]), "ahead" if best[1] > 0 else "behind")


def pieces(file, left):
    """So many bytes of a file, in pieces. It is closed then."""
    with file:
        while left > 0:
            piece = file.read(min(left, 1 << 16))
            if not piece:
                return
            left -= len(piece)
            yield piece


def number(epoch):
    """Epoch seconds as in the file: whole where they are whole, to the millisecond where not."""
    return ("%.3f" % epoch).rstrip("0").rstrip(".")


def iso(epoch):
    """The same moment in ISO 8601, UTC."""
    at = datetime.datetime.fromtimestamp(round(epoch, 3), datetime.timezone.utc).replace(tzinfo=None)
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds") + "Z"


def files(setting):
    """Reads GREGARIA_METRICS."""
    if not setting.lstrip().startswith("{"):
        paths = [path for path in setting.split(os.pathsep) if path]
        names = [os.path.basename(path) or path for path in paths]
        return [Metrics(name if names.count(name) == 1 else path, path) for name, path in zip(names, paths)]
    try:
        named = json.loads(setting)
    except ValueError as error:
        raise Refused("GREGARIA_METRICS is no JSON object of names and files: %s" % error) from error
    return [Metrics(str(name), str(path)) for name, path in named.items()]


def monitors(setting, token, prefix):
    """Reads GREGARIA_MONITORS. The files are named by the hosts, with the port where several are on one."""
    urls = []
    for text in filter(None, (part.strip() for part in setting.split(","))):
        url = urllib.parse.urlsplit(text)
        try:
            right = url.scheme in ("http", "https") and url.hostname and "@" not in url.netloc and url.port != 0
        except ValueError:  # of the port
            right = False
        if not right:
            raise Refused("GREGARIA_MONITORS: %r is not the URL of a monitor, such as http://api:9647; a token goes into GREGARIA_MONITOR_TOKEN" % text)
        path = url.path.rstrip("/")
        path = path[: -len("/metrics")] if path.endswith("/metrics") else path
        base = urllib.parse.urlunsplit((url.scheme, url.netloc, path, "", ""))
        if base in urls:
            raise Refused("GREGARIA_MONITORS: %r is named twice: name each monitor once, such as http://api:9647" % text)
        urls.append(base)
    if not urls:
        return []
    folder = ""
    if not prefix:
        folder = tempfile.mkdtemp(prefix="gregaria-")
        atexit.register(shutil.rmtree, folder, True)
    found, hosts = [], [urllib.parse.urlsplit(url).hostname for url in urls]
    for url, host in zip(urls, hosts):
        port = urllib.parse.urlsplit(url).port
        name = host if hosts.count(host) == 1 or not port else "%s_%d" % (host, port)
        file = "metrics_%s.csv" % name.replace(":", "-").replace("%", "-")
        path = "%s_%s" % (prefix, file) if prefix else os.path.join(folder, file)
        found.append(Monitor(name, url, path, 0 if prefix else TEMPORARY, token))
    return found
