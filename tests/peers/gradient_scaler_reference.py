"""What PyTorch's GradScaler does over twelve steps, some of which overflow: the rows of Polytask.Tests' GradientScalerTests.

Needs torch 2.3 or later, whose scaler works without CUDA.
"""
import torch

GRADIENTS = [1, 2, 3e36, -1, 0.5, 0.25, -2, float("inf"), 1, float("nan"), 3, -1]

parameter = torch.tensor([1.0, -1.0], requires_grad=True)
optimizer = torch.optim.SGD([parameter], lr=0.125)
scaler = torch.amp.GradScaler("cpu", init_scale=1024.0, growth_factor=4.0, backoff_factor=0.25, growth_interval=3)
for gradient in GRADIENTS:
    optimizer.zero_grad(set_to_none=True)
    scaler.scale((parameter * torch.tensor([gradient, 1.0])).sum()).backward()
    scaler.step(optimizer)
    scaler.update()
    print([scaler.get_scale(), scaler.state_dict()["_growth_tracker"], *parameter.tolist()])
