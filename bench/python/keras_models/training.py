"""What the models train with."""

import keras
import tensorflow as tf


def adam(network, lr, beta1=0.9, beta2=0.999, **options):
    optimizer = keras.optimizers.Adam(lr, beta1, beta2, **options)
    optimizer.build(network.trainable_variables)
    return optimizer


def minimize(loss, network, optimizer):
    """Moves the weights of one network. `loss` computes it."""
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([variable.value for variable in network.trainable_variables])
        value = loss()
    gradients = tape.gradient(value, network.trainable_variables)
    optimizer.apply_gradients(zip(gradients, network.trainable_variables))
    return value


def bce(score, target):
    targets = tf.fill(tf.shape(score), float(target))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(targets, score))
