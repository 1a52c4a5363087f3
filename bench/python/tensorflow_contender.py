"""TensorFlow as a contender, the step as one `tf.function`: `tensorflow_contender.py MODEL --threads N`."""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf

from keras_models import MODELS
from protocol import serve

arguments = argparse.ArgumentParser()
arguments.add_argument("model")
arguments.add_argument("--threads", type=int, required=True)
options = arguments.parse_args()


def start():
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    networks, step = MODELS[options.model]()
    weights = sum(int(tf.size(weight)) for network in networks for weight in network.trainable_variables)
    function = tf.function(step)
    # Fetching a number waits for all that the step does.
    return {"weights": weights, "version": f"TensorFlow {tf.__version__}"}, {"step": lambda: function().numpy()}


serve(start)
