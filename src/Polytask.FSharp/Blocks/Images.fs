namespace Polytask.FSharp

open Polytask

/// Blocks for images, channels x height x width.
[<AutoOpen>]
module ImageBlocks =

    /// 3 x 3 convolutions with ReLU: `conv [ 8; 16 ] |> withKernel 5 |> withPool 2`.
    let conv (channels: int list) = Block.Conv(longs channels)

    /// Another side of the convolutions' kernels, odd.
    let withKernel (side: int) (block: Conv) = Block.Conv(Seq.toArray block.Channels, int64 side, block.Pool)

    /// Max pooling of that side after each convolution.
    let withPool (side: int) (block: Conv) = Block.Conv(Seq.toArray block.Channels, block.Kernel, int64 side)

    /// A small residual network (He et al., CVPR 2016), one block a stage: `resNet [ 16; 32; 64 ]`.
    let resNet (channels: int list) = Block.ResNet(longs channels)

    /// So many residual blocks in each stage.
    let withBlocks (count: int) (network: ResNet) = Block.ResNet(Seq.toArray network.Channels, count)

    /// Convolutions that halve the side stage by stage.
    let convEncoder (channels: int list) = Block.ConvEncoder(longs channels)

    /// A U-Net: as many channels as stages, features of the input's height and width.
    let uNet (channels: int list) = Block.UNet(longs channels)

    /// Square patches as tokens of that width.
    let patches (size: int) (width: int) = Block.Patches(int64 size, int64 width)

    /// Tokens of patches as a square map again: [tokens, channels] → [channels, side, side].
    let tokenGrid = Block.TokenGrid()

    /// Tokens of patches as a map of so many rows.
    let tokenGridOf (height: int) = Block.TokenGrid(int64 height)

    /// Every cell of a map becomes a square of that side, with so many channels.
    let enlarge (factor: int) (channels: int) = Block.Enlarge(int64 factor, int64 channels)

    /// A vision transformer: patches, a class token, positions and a transformer: `vit 4 32 (transformer 2 4)`.
    let vit (patch: int) (width: int) (transformer: Transformer) = Block.Vit(int64 patch, int64 width, transformer)
