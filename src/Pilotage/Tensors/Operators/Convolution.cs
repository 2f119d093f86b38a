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
        // One thread sums a chunk after the other; several need room for all chunks' sums.
        var sums = call.Workers is null ? 1 : Chunks(plan);
        return new(ForwardScratch: plan.TileScratch, BackwardScratch: 2 * plan.TileScratch + (1 + sums) * Lanes.Whole(plan.WeightLength));
    }

    public override void Forward(in OperatorCall call)
    {
        if (call.Shape.Count == 0) return;
        var pass = new Pass { Plan = Plan(call), Input = call.Input(Input), Weight = call.Input(Weight), Bias = call.Input(Bias), Output = call.Value };
        OperatorUnits.Run(call, pass.Plan.Images, pass.Work, pass.Plan.TileScratch, &ForwardImage, &pass);
    }

    public override void Backward(in OperatorCall call)
    {
        var inputGradient = call.Needs(Input) ? call.Sum(Input) : null;
        var weightGradient = call.Needs(Weight) ? call.Sum(Weight) : null;
        if (call.Needs(Bias)) Reductions.AddRows(call.Gradient, call.Sum(Bias), call.Shape.Count / Math.Max(1, call.Shape[3]), call.Shape[3]);
        if (call.Shape.Count == 0) return;
        var plan = Plan(call);
        var length = Lanes.Whole(plan.WeightLength);
        var pass = new Pass
        {
            Plan = plan, Input = call.Input(Input), Weight = call.Input(Weight), Output = call.Gradient, InputGradient = inputGradient,
            Turned = call.Scratch, Sums = weightGradient == null ? null : call.Scratch + length,
        };
        if (inputGradient != null && !plan.IsDepthwise) Turn(plan, pass.Weight, pass.Turned);
        if (call.Workers is null)
        {
            for (var chunk = 0; chunk < Chunks(plan); chunk++)
            {
                BackwardChunk(pass, chunk, pass.Sums, call.Scratch + 2 * length);
                if (weightGradient != null) Elementwise.AddExactly(pass.Sums, weightGradient, plan.WeightLength);
            }
            return;
        }
        OperatorUnits.Run(call with { Scratch = call.Scratch + (1 + Chunks(plan)) * length }, Chunks(plan), 2 * pass.Work, 2 * plan.TileScratch, &BackwardChunk, &pass);
        for (var chunk = 0; weightGradient != null && chunk < Chunks(plan); chunk++) Elementwise.AddExactly(pass.Sums + (long)chunk * length, weightGradient, plan.WeightLength);
    }

    private static int Chunks(in ConvolutionPlan plan) => (plan.Images + Chunk - 1) / Chunk;

    private static void ForwardImage(void* state, int image, float* scratch)
    {
        ref readonly var pass = ref *(Pass*)state;
        var x = pass.Input + image * pass.Plan.ImageLength;
        var y = pass.Output + image * pass.Plan.OutputLength;
        if (pass.Plan.IsDepthwise) DepthwiseConvolution.Forward(pass.Plan, x, pass.Weight, pass.Bias, y);
        else Forward(pass.Plan, x, pass.Weight, pass.Bias, y, scratch);
    }

    private static void BackwardChunk(void* state, int chunk, float* scratch)
    {
        ref readonly var pass = ref *(Pass*)state;
        BackwardChunk(pass, chunk, pass.Sums == null ? null : pass.Sums + (long)chunk * Lanes.Whole(pass.Plan.WeightLength), scratch);
    }

    /// <summary>Adds to the input's gradient of a chunk of images, and writes the chunk's part of the weight's gradient.</summary>
    private static void BackwardChunk(in Pass pass, int chunk, float* sum, float* tiles)
    {
        var plan = pass.Plan;
        if (sum != null) new Span<float>(sum, plan.WeightLength).Clear();
        for (var image = chunk * Chunk; image < Math.Min((chunk + 1) * Chunk, plan.Images); image++)
        {
            var x = pass.Input + image * plan.ImageLength;
            var g = pass.Output + image * plan.OutputLength;
            var d = pass.InputGradient == null ? null : pass.InputGradient + image * plan.ImageLength;
            if (!plan.IsDepthwise)
            {
                Backward(plan, x, g, pass.Turned, d, sum, tiles);
                continue;
            }
            if (d != null) DepthwiseConvolution.AddInputGradient(plan, g, pass.Weight, d);
            if (sum != null) DepthwiseConvolution.AddWeightGradient(plan, x, g, sum);
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

    /// <summary>What the units of one call read and write.</summary>
    private struct Pass
    {
        public ConvolutionPlan Plan;
        public float* Input;
        public float* Weight;
        public float* Bias;

        /// <summary>The output, or its gradient.</summary>
        public float* Output;
        public float* InputGradient;
        public float* Turned;

        /// <summary>The weight's gradient of each chunk; null where none is wanted.</summary>
        public float* Sums;

        /// <summary>Multiply-adds of the forward pass; none for a depthwise one, whose stores reach into the next image.</summary>
        public readonly long Work => Plan.IsDepthwise ? 0 : (long)Plan.Images * Plan.Positions * Plan.PatchLength * Plan.Outputs;
    }
}
