namespace Pilotage.Tensors.Kernels;

/// <summary>The backward pass of attention, a head of the keys at a time: scores are computed again tile by tile.</summary>
/// <remarks>With P the probabilities, S the scores before scaling and O = P V: dV = P' dO, dP = dO V', dS = scale P (dP - sum(dO O)), dQ = dS K, dK = dS' Q.</remarks>
internal unsafe struct AttentionBackward
{
    /// <summary>Inputs, output and statistics of the forward pass.</summary>
    public AttentionForward Forward;
    public float* OutputGradient;

    /// <summary>Gradients to write, or to add to; null where none is wanted.</summary>
    public float* QueryGradient;
    public float* KeyGradient;
    public float* ValueGradient;
    public bool AddQuery;
    public bool AddKey;
    public bool AddValue;

    public readonly void Run(int unit, float* scratch)
    {
        var plan = Forward.Plan;
        var (batch, keyHead) = Math.DivRem(unit, plan.KeyHeads);
        var (offset, step, pitch) = (plan.KeyOffset(batch, keyHead), plan.KeyHeads * plan.Width, plan.Pitch);
        var keyPanels = scratch;
        var valuePanels = keyPanels + plan.PanelsLength;
        var keys = valuePanels + plan.PanelsLength;
        var keySums = keys + (long)plan.Keys * pitch;
        var valueSums = keySums + (long)plan.Keys * pitch;
        var tiles = valueSums + (long)plan.Keys * pitch;
        AttentionRows.Turn(Forward.Key + offset, step, plan.Keys, plan.Width, keyPanels);
        AttentionRows.Turn(Forward.Value + offset, step, plan.Keys, plan.Width, valuePanels);
        if (QueryGradient != null) AttentionRows.Pack(Forward.Key + offset, step, plan.Keys, plan.Width, keys, pitch);
        if (KeyGradient != null) new Span<float>(keySums, plan.Keys * pitch).Clear();
        if (ValueGradient != null) new Span<float>(valueSums, plan.Keys * pitch).Clear();

        for (var head = keyHead * plan.Group; head < (keyHead + 1) * plan.Group; head++)
            for (var first = 0; first < plan.Queries; first += plan.TileRows)
                Tile(batch, head, first, keyPanels, valuePanels, keys, keySums, valueSums, tiles);

        // Last, so that one tensor that is query, key and value at once gets all its gradients.
        if (KeyGradient != null) AttentionRows.Unpack(keySums, pitch, plan.Keys, plan.Width, 1, KeyGradient + offset, step, AddKey);
        if (ValueGradient != null) AttentionRows.Unpack(valueSums, pitch, plan.Keys, plan.Width, 1, ValueGradient + offset, step, AddValue);
    }

    private readonly void Tile(int batch, int head, int first, float* keyPanels, float* valuePanels, float* keys, float* keySums, float* valueSums, float* tiles)
    {
        var (plan, pitch) = (Forward.Plan, Forward.Plan.Pitch);
        var scores = tiles;
        var gradients = scores + plan.ScoresLength;
        var queries = gradients + plan.ScoresLength;
        var outputs = queries + plan.TileRows * pitch;
        var sums = outputs + plan.TileRows * pitch;
        var count = Math.Min(plan.TileRows, plan.Queries - first);
        var visible = plan.Visible(first + count - 1);
        var place = plan.QueryOffset(batch, first, head);
        nint step = plan.Heads * plan.Width;
        AttentionRows.Pack(Forward.Query + place, step, count, plan.Width, queries, pitch);
        AttentionRows.Pack(OutputGradient + place, step, count, plan.Width, outputs, pitch);
        AttentionForward.Scores(plan, queries, pitch, keyPanels, scores, count, visible);
        AttentionForward.Scores(plan, outputs, pitch, valuePanels, gradients, count, visible);

        var statistics = Forward.Statistics + 2 * (((long)batch * plan.Heads + head) * plan.Queries + first);
        for (var r = 0; r < count; r++)
        {
            var dot = AttentionRows.Dot(OutputGradient + place + r * step, Forward.Output + place + r * step, plan.Width);
            AttentionRows.Gradients(
                scores + r * plan.ScorePitch, gradients + r * plan.ScorePitch, AttentionForward.MaskRow(Forward.Mask, Forward.MaskStep, plan, batch, first + r),
                plan.Visible(first + r), Lanes.Whole(visible), plan.Scale, statistics[2 * r], statistics[2 * r + 1], dot);
        }
        var product = new MatrixProduct { A = gradients, BStep = pitch, CRow = pitch };
        if (QueryGradient != null)
        {
            Matrices.Multiply(product with { ARow = plan.ScorePitch, AStep = 1, B = keys, C = sums, Steps = visible }, count, pitch);
            AttentionRows.Unpack(sums, pitch, count, plan.Width, 1, QueryGradient + place, step, AddQuery);
        }
        product = product with { ARow = 1, AStep = plan.ScorePitch, Steps = count, Add = true };
        if (KeyGradient != null) Matrices.Multiply(product with { B = queries, C = keySums }, visible, pitch);
        if (ValueGradient != null) Matrices.Multiply(product with { A = scores, B = outputs, C = valueSums }, visible, pitch);
    }
}
