"""FastAPI on uvloop, orjson and numpy: the fastest usual parts of Python."""
import numpy
import orjson
from fastapi import FastAPI, Request, Response

app = FastAPI()


def leaves(value):
    if isinstance(value, bool) or value is None:
        raise ValueError("not a number")
    if isinstance(value, str):
        text = value.strip()
        value = orjson.loads(text) if text.startswith("[") else float(text)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        if all(type(element) in (int, float) for element in value):
            return value
        return [number for element in value for number in leaves(element)]
    return [value]


@app.post("/")
async def sort(request: Request):
    try:
        numbers = numpy.array(leaves(orjson.loads(await request.body())))
    except (ValueError, TypeError) as error:
        return Response(str(error), status_code=400)
    numbers.sort()
    answer = orjson.dumps({"sorted": numbers}, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(answer, media_type="application/json")
