from locust import events, User


@events.test_start.add_listener
def one(_environment, **kwargs):  # warns: the listener one of test_start wants '_environment', which the event does not bring (it brings environment): TypeError, logged and ignored
    pass


@events.request.add_listener
def two(request_type, name, response_time, **kwargs):
    pass


@events.request.add_listener
def three(request_type, name, response_time, response_length, exception, context):  # warns: the listener three of request does not take response, start_time, url: TypeError, logged and ignored; add **kwargs
    pass


@events.test_stop.add_listener
def four(environment):
    pass


def five(parser, more):
    pass


def six(parser, more=None):
    pass


events.init_command_line_parser.add_listener(five)  # warns: the listener five of init_command_line_parser wants 'more', which the event does not bring (it brings parser): TypeError, logged and ignored
events.init_command_line_parser.add_listener(six)
events.reset_stats.add_listener(six)  # warns: the listener six of reset_stats wants 'parser', which the event does not bring (it brings nothing): TypeError, logged and ignored


class Inside(User):
    @events.test_start.add_listener
    def seven(environment, **kwargs):
        print(environment.host)

    def on_start(self):
        self.environment.events.quitting.add_listener(self.bye)

    def bye(self, environment):
        pass
