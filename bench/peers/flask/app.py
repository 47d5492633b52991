"""The stack of the first description (docs/decisions.md, S7): Flask, literal_eval, sorted."""
from ast import literal_eval

from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 64 << 20


def leaves(value):
    if isinstance(value, bool) or value is None:
        raise ValueError("not a number")
    if isinstance(value, str):
        value = literal_eval(value.strip())
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [number for element in value for number in leaves(element)]
    return [value]


@app.post("/")
def sort():
    try:
        return jsonify(sorted=sorted(leaves(request.get_json())))
    except (ValueError, SyntaxError) as error:
        return jsonify(error=str(error)), 400
