namespace Pilotage.Tensors.Kernels;

/// <summary>The forward pass of attention, a head of the keys at a time.</summary>
/// <remarks>
/// An output is one chain of multiply-adds over the keys in order, its weights' sum runs in lanes by the key's position, and a maximum has no order:
/// the bits of a query's row depend on the keys that it sees alone, not on the other queries, the batch, or keys that it does not see.
/// </remarks>
internal unsafe struct AttentionForward
{
    public AttentionPlan Plan;
    public float* Query;
    public float* Key;
    public float* Value;

    /// <summary>All bits set where a key may be seen; null for all. One row for each query, or for all if <see cref="MaskStep"/> is 0.</summary>
    public int* Mask;
    public int MaskStep;
    public float* Output;

    /// <summary>Gets for each row of scores [batch, heads, queries] the largest and 1 / sum of exponentials.</summary>
    public float* Statistics;

    /// <summary>Mask row of a query.</summary>
    public static int* MaskRow(int* mask, int maskStep, in AttentionPlan plan, int batch, int query) =>
        mask == null ? null : mask + (maskStep == 0 ? (long)batch * plan.Keys : ((long)batch * plan.Queries + query) * plan.Keys);

    /// <summary>The rows of the tile times the keys from the first to the last that a row of the tile sees.</summary>
    public static void Scores(in AttentionPlan plan, float* rows, nint rowPitch, float* panels, float* scores, int count, int visible)
    {
        for (var key = 0; key < visible; key += AttentionPlan.Panel)
            Matrices.Multiply(new()
            {
                A = rows, ARow = rowPitch, AStep = 1, B = panels + (long)key * plan.Width, BStep = AttentionPlan.Panel,
                C = scores + key, CRow = plan.ScorePitch, Steps = plan.Width,
            }, count, Math.Min(AttentionPlan.Panel, Lanes.Whole(visible - key)));
    }

    public readonly void Run(int unit, float* scratch)
    {
        var plan = Plan;
        var (batch, keyHead) = Math.DivRem(unit, plan.KeyHeads);
        var (offset, step) = (plan.KeyOffset(batch, keyHead), plan.KeyHeads * plan.Width);
        var panels = scratch;
        var copies = panels + plan.PanelsLength;
        var scores = copies + plan.RowsLength;
        var sums = scores + plan.ScoresLength;
        AttentionRows.Turn(Key + offset, step, plan.Keys, plan.Width, panels);
        var values = Value + offset;
        var (valueStep, columns) = (step, plan.Width);
        if (plan.CopiesRows)
        {
            AttentionRows.Pack(values, step, plan.Keys, plan.Width, copies, plan.Pitch);
            values = copies;
            (valueStep, columns) = (plan.Pitch, plan.Pitch);
        }
        var sumPitch = plan.Pitch;
        for (var head = keyHead * plan.Group; head < (keyHead + 1) * plan.Group; head++)
            for (var first = 0; first < plan.Queries; first += plan.TileRows)
            {
                var count = Math.Min(plan.TileRows, plan.Queries - first);
                var visible = plan.Visible(first + count - 1);
                var place = plan.QueryOffset(batch, first, head);
                nint queryStep = plan.Heads * plan.Width;
                Scores(plan, Query + place, queryStep, panels, scores, count, visible);
                var statistics = Statistics + 2 * (((long)batch * plan.Heads + head) * plan.Queries + first);
                for (var r = 0; r < count; r++)
                    (statistics[2 * r], statistics[2 * r + 1]) = AttentionRows.Softmax(
                        scores + r * plan.ScorePitch, MaskRow(Mask, MaskStep, plan, batch, first + r), plan.Visible(first + r), Lanes.Whole(visible), plan.Scale);
                Matrices.Multiply(new() { A = scores, ARow = plan.ScorePitch, AStep = 1, B = values, BStep = valueStep, C = sums, CRow = sumPitch, Steps = visible }, count, columns);
                for (var r = 0; r < count; r++)
                    AttentionRows.Unpack(sums + r * sumPitch, sumPitch, 1, plan.Width, statistics[2 * r + 1], Output + place + r * queryStep, queryStep, add: false);
            }
    }
}
