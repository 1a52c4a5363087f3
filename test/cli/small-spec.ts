/** A spec that takes a millisecond a step: points of the plane, two small networks, noise, a schedule, averages. */
export const smallSpec = `gan 1

param width = 8

latent z: normal(2)

data points from gaussians.ring(points: 1000) {
  point: [2]
}

generator G(z) -> points.point {
  z -> dense(width) -> batch_norm -> tanh -> dense(2)
}

discriminator D(x: points.point) -> [1] {
  x -> dense(width) -> leaky_relu(0.2) -> dense(1)
}

train on points {
  batch: 16
  steps: 40

  real = points.point
  fake = G(z)

  update D {
    times: 2
    loss: bce(D(real + normal(std: 0.1)), 1) + bce(D(fake), 0)
    optimizer: adam(lr: exponential(from: 1e-3, factor: 0.5, over: 40), beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 1e-3, beta1: 0.5)
    ema: 0.9
  }
}

sample G {
  every: 20
  grid:  [4, 4]
}
`;
