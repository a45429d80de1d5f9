"""Writes moments, densities, entropies and (inverse) cumulated probabilities as Python's torch.distributions gives them, in double precision.

    /usr/bin/python3 tests/peers/distributions_reference.py        # torch 1.13.1; writes tests/TorchSharp.Tests/Reference/distributions.safetensors
"""
import torch
from torch import distributions as D

from reference_file import write


def t(*values):
    return torch.tensor(values, dtype=torch.float64)


PLACE, SCALE, POSITIVE, OTHER, CHANCE, ODDS = t(-1.2, 0.0, 0.7), t(0.5, 1.0, 2.3), t(0.4, 1.0, 3.5), t(2.5, 0.6, 1.0), t(0.1, 0.5, 0.85), t(-1.5, 0.0, 2.0)
WEIGHTS, SCORES = torch.stack([t(0.2, 0.5, 0.3), t(4.0, 1.0, 3.0)]), torch.stack([t(-1.0, 0.5, 0.2), t(0.0, 2.0, 1.0)])
FACTOR = torch.stack([t(1.0, 0.0, 0.0), t(0.3, 0.8, 0.0), t(-0.5, 0.2, 1.5)])
REAL, SIZE, PART, COUNT = torch.stack([t(-2.0, 0.3, 1.0), t(0.1, -0.4, 4.0)]), torch.stack([t(0.2, 1.0, 3.0), t(2.5, 0.1, 0.7)]), torch.stack([t(0.3, 0.9, 0.5), t(0.05, 0.6, 0.2)]), torch.stack([t(0, 1, 4), t(3, 0, 2)])
SIMPLEX = torch.stack([t(0.2, 0.5, 0.3), t(0.1, 0.1, 0.8)])
HEAT = t(0.7)[0]

CASES = {
    "normal": (D.Normal(PLACE, SCALE), REAL),
    "laplace": (D.Laplace(PLACE, SCALE), REAL),
    "cauchy": (D.Cauchy(PLACE, SCALE), REAL),
    "gumbel": (D.Gumbel(PLACE, SCALE), REAL),
    "log normal": (D.LogNormal(PLACE, SCALE), SIZE),
    "uniform": (D.Uniform(PLACE, PLACE + SCALE, validate_args=False), REAL),
    "gamma": (D.Gamma(POSITIVE, OTHER), SIZE),
    "chi2": (D.Chi2(POSITIVE), SIZE),
    "exponential": (D.Exponential(POSITIVE), SIZE),
    "half normal": (D.HalfNormal(SCALE), SIZE),
    "half cauchy": (D.HalfCauchy(SCALE), SIZE),
    "beta": (D.Beta(POSITIVE, OTHER), PART),
    "dirichlet": (D.Dirichlet(WEIGHTS), SIMPLEX),
    "bernoulli": (D.Bernoulli(CHANCE), COUNT.clamp(max=1)),
    "bernoulli by logits": (D.Bernoulli(logits=ODDS), COUNT.clamp(max=1)),
    "geometric": (D.Geometric(CHANCE), COUNT),
    "geometric by logits": (D.Geometric(logits=ODDS), COUNT),
    "binomial": (D.Binomial(5, CHANCE), COUNT),
    "binomial by logits": (D.Binomial(5, logits=ODDS), COUNT),
    "negative binomial": (D.NegativeBinomial(OTHER, CHANCE), COUNT),
    "negative binomial by logits": (D.NegativeBinomial(OTHER, logits=ODDS), COUNT),
    "poisson": (D.Poisson(POSITIVE), COUNT),
    "categorical": (D.Categorical(WEIGHTS), torch.tensor([2, 0])),
    "categorical by logits": (D.Categorical(logits=SCORES), torch.tensor([2, 0])),
    "one hot categorical": (D.OneHotCategorical(WEIGHTS), torch.eye(3, dtype=torch.float64)[[2, 0]]),
    "multinomial": (D.Multinomial(5, WEIGHTS), torch.stack([t(1, 3, 1), t(0, 5, 0)])),
    "independent": (D.Independent(D.Normal(PLACE, SCALE), 1), REAL),
    "multivariate normal": (D.MultivariateNormal(PLACE, scale_tril=FACTOR), REAL),
    "multivariate normal by covariance": (D.MultivariateNormal(PLACE, FACTOR @ FACTOR.T), REAL),
    "multivariate normal by precision": (D.MultivariateNormal(PLACE, precision_matrix=FACTOR @ FACTOR.T), REAL),
    "relaxed bernoulli": (D.RelaxedBernoulli(HEAT, CHANCE), PART),
    "relaxed one hot categorical": (D.RelaxedOneHotCategorical(HEAT, WEIGHTS), SIMPLEX),
}


def main():
    tensors = {}
    for name, (distribution, value) in CASES.items():
        asked = {
            "log_prob": lambda: distribution.log_prob(value),
            "entropy": lambda: distribution.entropy(),
            "mean": lambda: distribution.mean,
            "variance": lambda: distribution.variance,
            "mode": lambda: distribution.mode,
            "cdf": lambda: distribution.cdf(value),
            "icdf": lambda: distribution.icdf(PART),
        }
        for quantity, ask in asked.items():
            if (name, quantity) == ("dirichlet", "mode"):
                continue  # 1.13.1 takes the largest of NaNs where the density has no largest value.
            try:
                found = ask()
            except NotImplementedError:
                continue
            # 1.13.1 gives the mode of a geometric distribution without its batch's type.
            tensors[f"{name}/{quantity}"] = found.double().contiguous()
    write("distributions", tensors)
    print({name: [key.split("/")[1] for key in tensors if key.startswith(name + "/")] for name in CASES})


if __name__ == "__main__":
    main()
