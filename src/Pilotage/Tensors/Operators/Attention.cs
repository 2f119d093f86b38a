using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Scaled dot-product attention, fused. Keeps each row's largest score and the reciprocal of its sum of exponentials, from which the backward pass makes the same probabilities again.</summary>
internal sealed unsafe class Attention : ManagedOperator
{
    private const int Query = 0;
    private const int Key = 1;
    private const int Value = 2;
    private const int Mask = 3;

    public override OperatorMemory Memory(in OperatorCall call)
    {
        if (call.Shape.Count == 0) return default;
        var plan = Plan(call);
        return new(2 * plan.Batch * plan.Heads * plan.Queries, plan.ForwardScratch, plan.BackwardScratch);
    }

    public override void Forward(in OperatorCall call)
    {
        if (call.Shape.Count == 0) return;
        var forward = Pass(call);
        if (forward.Mask != null) RefuseBlindQueries(forward, call.ShapeOf(Mask));
        OperatorUnits.Run(call, forward.Plan.Units, forward.Plan.Work, forward.Plan.ForwardScratch, &Forward, &forward);
    }

    public override void Backward(in OperatorCall call)
    {
        if (call.Shape.Count == 0)
        {
            for (var input = Query; input <= Value; input++)
                if (call.Needs(input)) call.Sum(input);
            return;
        }
        var backward = new AttentionBackward { Forward = Pass(call), OutputGradient = call.Gradient };
        if (call.Needs(Query)) backward.QueryGradient = call.Receive(Query, out backward.AddQuery);
        if (call.Needs(Key)) backward.KeyGradient = call.Receive(Key, out backward.AddKey);
        if (call.Needs(Value)) backward.ValueGradient = call.Receive(Value, out backward.AddValue);
        OperatorUnits.Run(call, backward.Forward.Plan.Units, 3 * backward.Forward.Plan.Work, backward.Forward.Plan.BackwardScratch, &Backward, &backward);
    }

    private static void Forward(void* state, int unit, float* scratch) => ((AttentionForward*)state)->Run(unit, scratch);

    private static void Backward(void* state, int unit, float* scratch) => ((AttentionBackward*)state)->Run(unit, scratch);

    private static AttentionPlan Plan(in OperatorCall call) => new(call.ShapeOf(Query), call.ShapeOf(Key), call.Settings);

    private static AttentionForward Pass(in OperatorCall call) => new()
    {
        Plan = Plan(call),
        Query = call.Input(Query),
        Key = call.Input(Key),
        Value = call.Input(Value),
        Mask = call.Integers(Mask),
        MaskStep = call.Has(Mask) && call.ShapeOf(Mask)[1] != 1 ? 1 : 0,
        Output = call.Value,
        Statistics = call.Kept,
    };

    private static void RefuseBlindQueries(in AttentionForward forward, in Shape mask)
    {
        var plan = forward.Plan;
        for (var batch = 0; batch < plan.Batch; batch++)
            for (var query = 0; query < plan.Queries; query++)
            {
                var row = AttentionForward.MaskRow(forward.Mask, forward.MaskStep, plan, batch, query);
                if (!new ReadOnlySpan<int>(row, plan.Visible(query)).ContainsAnyExcept(0))
                    throw new ArgumentException($"Attend: query {query} of batch {batch} sees no key{(plan.Causal ? " before it" : "")} in the mask {mask}; each query needs at least one.");
                // One row without causality is the same for all.
                if (forward.MaskStep == 0 && !plan.Causal) break;
            }
    }
}
