using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Two-dimensional convolution, channels last, as products of tiles of patches with the weights.</summary>
/// <remarks>An output is one chain over (window row, window column, channel) that starts from the bias: its bits depend on its window alone.</remarks>
internal sealed unsafe class Convolution : ManagedOperator
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;

    /// <summary>The weight's gradient is summed over chunks of so many images, and these sums in order: shorter chains round less, and chunks may be computed at once.</summary>
    private const int Chunk = 8;

    public override OperatorMemory Memory(in OperatorCall call)
    {
        if (call.Shape.Count == 0) return default;
        var plan = Plan(call);
        return new(ForwardScratch: plan.TileScratch, BackwardScratch: 2 * plan.TileScratch + 2 * Lanes.Whole(plan.WeightLength));
    }

    public override void Forward(in OperatorCall call)
    {
        if (call.Shape.Count == 0) return;
        var plan = Plan(call);
        for (var image = 0; image < plan.Images; image++)
        {
            var x = call.Input(Input) + image * plan.ImageLength;
            var y = call.Value + image * plan.OutputLength;
            if (plan.IsDepthwise) DepthwiseConvolution.Forward(plan, x, call.Input(Weight), call.Input(Bias), y);
            else Forward(plan, x, call.Input(Weight), call.Input(Bias), y, call.Scratch);
        }
    }

    public override void Backward(in OperatorCall call)
    {
        var inputGradient = call.Needs(Input) ? call.Sum(Input) : null;
        var weightGradient = call.Needs(Weight) ? call.Sum(Weight) : null;
        if (call.Needs(Bias)) Reductions.AddRows(call.Gradient, call.Sum(Bias), call.Shape.Count / Math.Max(1, call.Shape[3]), call.Shape[3]);
        if (call.Shape.Count == 0) return;
        var plan = Plan(call);
        var turned = call.Scratch;
        var chunkSum = turned + Lanes.Whole(plan.WeightLength);
        var tiles = chunkSum + Lanes.Whole(plan.WeightLength);
        if (inputGradient != null && !plan.IsDepthwise) Turn(plan, call.Input(Weight), turned);
        for (var first = 0; first < plan.Images; first += Chunk)
        {
            if (weightGradient != null) new Span<float>(chunkSum, plan.WeightLength).Clear();
            for (var image = first; image < Math.Min(first + Chunk, plan.Images); image++)
            {
                var x = call.Input(Input) + image * plan.ImageLength;
                var g = call.Gradient + image * plan.OutputLength;
                var d = inputGradient == null ? null : inputGradient + image * plan.ImageLength;
                if (plan.IsDepthwise)
                {
                    if (d != null) DepthwiseConvolution.AddInputGradient(plan, g, call.Input(Weight), d);
                    if (weightGradient != null) DepthwiseConvolution.AddWeightGradient(plan, x, g, chunkSum);
                }
                else Backward(plan, x, g, turned, d, weightGradient == null ? null : chunkSum, tiles);
            }
            if (weightGradient != null) Elementwise.AddExactly(chunkSum, weightGradient, plan.WeightLength);
        }
    }

    private static ConvolutionPlan Plan(in OperatorCall call) => new(call.ShapeOf(Input), call.ShapeOf(Weight), call.Shape, call.Settings);

    private static void Forward(in ConvolutionPlan plan, float* x, float* weight, float* bias, float* y, float* patches)
    {
        for (var position = 0; position < plan.Positions; position += plan.TileRows)
        {
            var count = Math.Min(plan.TileRows, plan.Positions - position);
            for (var group = 0; group < plan.Groups; group++)
            {
                var rows = Rows(plan, x, group, position, count, patches);
                var output = group * plan.GroupOutputs;
                Matrices.Multiply(new()
                {
                    A = rows, ARow = plan.PatchLength, AStep = 1, B = weight + output, BStep = plan.Outputs,
                    C = y + (long)position * plan.Outputs + output, CRow = plan.Outputs, Steps = plan.PatchLength, Start = bias == null ? null : bias + output,
                }, count, plan.GroupOutputs);
            }
        }
    }

    private static void Backward(in ConvolutionPlan plan, float* x, float* g, float* turned, float* inputGradient, float* weightGradient, float* tiles)
    {
        var changes = tiles + plan.TileScratch;
        for (var position = 0; position < plan.Positions; position += plan.TileRows)
        {
            var count = Math.Min(plan.TileRows, plan.Positions - position);
            for (var group = 0; group < plan.Groups; group++)
            {
                var output = group * plan.GroupOutputs;
                var gradient = g + (long)position * plan.Outputs + output;
                if (weightGradient != null)
                    Matrices.Multiply(new()
                    {
                        A = Rows(plan, x, group, position, count, tiles), ARow = 1, AStep = plan.PatchLength, B = gradient, BStep = plan.Outputs,
                        C = weightGradient + output, CRow = plan.Outputs, Steps = count, Add = true,
                    }, plan.PatchLength, plan.GroupOutputs);
                if (inputGradient == null) continue;
                // The rows of a pointwise window are the image itself.
                var target = plan.IsPointwise ? inputGradient + (long)position * plan.Inputs : changes;
                Matrices.Multiply(new()
                {
                    A = gradient, ARow = plan.Outputs, AStep = 1, B = turned + (long)output * plan.PatchLength, BStep = plan.PatchLength,
                    C = target, CRow = plan.PatchLength, Steps = plan.GroupOutputs, Add = plan.IsPointwise,
                }, count, plan.PatchLength);
                if (!plan.IsPointwise) Patches.Add(plan, changes, position, count, inputGradient + group * plan.GroupInputs);
            }
        }
    }

    private static float* Rows(in ConvolutionPlan plan, float* x, int group, int position, int count, float* patches)
    {
        if (plan.IsPointwise) return x + (long)position * plan.Inputs;
        Patches.Read(plan, x + group * plan.GroupInputs, position, count, patches);
        return patches;
    }

    /// <summary>The weights [patch, out] as [out, patch].</summary>
    private static void Turn(in ConvolutionPlan plan, float* weight, float* turned) => Transposition.Run(weight, plan.PatchLength, plan.Outputs, turned);
}
