# Only literal_eval: trees of whole programs are not for a load test.
import _extra_text as _go


def literal_eval(node_or_string):
    return _go.literal(node_or_string)
