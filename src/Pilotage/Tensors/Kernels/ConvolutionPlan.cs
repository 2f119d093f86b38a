namespace Pilotage.Tensors.Kernels;

/// <summary>Extents of one convolution, and the tiles of output positions whose patches are laid side by side. No output's bits depend on the tiles.</summary>
internal readonly struct ConvolutionPlan
{
    /// <summary>Elements of a tile of patches: with the weights it stays in a second-level cache of half a megabyte.</summary>
    private const int TileLength = 1 << 15;

    /// <summary>Positions worth a call of the matrix product, and enough for the longest chains between two visits of the weight's gradient.</summary>
    private const int LeastTile = 16;
    private const int LargestTile = 256;

    public ConvolutionPlan(in Shape x, in Shape weight, in Shape y, in OperatorSettings settings)
    {
        (Images, Height, Width, Inputs) = (x[0], x[1], x[2], x[3]);
        (WindowHeight, WindowWidth, Outputs) = (weight[0], weight[1], weight[3]);
        (OutputHeight, OutputWidth) = (y[1], y[2]);
        (Stride, Padding, Groups) = (settings.First, settings.Second, settings.Third);
        TileRows = Math.Min(Positions, Math.Clamp(TileLength / Math.Max(1, PatchLength) & ~7, LeastTile, LargestTile));
    }

    public int Images { get; }

    public int Height { get; }

    public int Width { get; }

    public int Inputs { get; }

    public int WindowHeight { get; }

    public int WindowWidth { get; }

    public int Outputs { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int Stride { get; }

    public int Padding { get; }

    public int Groups { get; }

    /// <summary>Output positions whose patches are computed with together.</summary>
    public int TileRows { get; }

    public int GroupInputs => Inputs / Groups;

    public int GroupOutputs => Outputs / Groups;

    /// <summary>Elements of a window over one group's channels, in the order (row, column, channel).</summary>
    public int PatchLength => WindowHeight * WindowWidth * GroupInputs;

    public int Positions => OutputHeight * OutputWidth;

    public int WeightLength => PatchLength * Outputs;

    public long ImageLength => (long)Height * Width * Inputs;

    public long OutputLength => (long)Positions * Outputs;

    /// <summary>Each channel is a group of its own, in and out.</summary>
    public bool IsDepthwise => Groups == Inputs && Groups == Outputs;

    /// <summary>The window is one pixel and visits each: the image's rows are the patches.</summary>
    public bool IsPointwise => WindowHeight == 1 && WindowWidth == 1 && Stride == 1 && Padding == 0 && Groups == 1;

    public int TileScratch => IsPointwise || IsDepthwise ? 0 : Lanes.Whole(TileRows * PatchLength) + Lanes.Count;

    /// <summary>The part of a window's row that lies inside the image: first column of the window and the one behind the last.</summary>
    public (int First, int End) Columns(int outputColumn)
    {
        var left = outputColumn * Stride - Padding;
        return (Math.Clamp(-left, 0, WindowWidth), Math.Clamp(Width - left, 0, WindowWidth));
    }
}
