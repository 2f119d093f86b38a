namespace Pilotage.Algorithms.Tabular;

/// <summary>Which actions are legal, as bits: a mask that can be remembered by the million. Up to 64 actions.</summary>
/// <param name="Bits">One bit per action; all ones where nothing is forbidden.</param>
internal readonly record struct LegalSet(ulong Bits)
{
    public static LegalSet Of(ReadOnlySpan<bool> legal)
    {
        if (legal.IsEmpty) return new(ulong.MaxValue);
        var bits = 0UL;
        for (var action = 0; action < legal.Length; action++)
            if (legal[action]) bits |= 1UL << action;
        return new(bits);
    }

    /// <summary>The greatest legal value; 0 where no action is legal.</summary>
    public float Maximum(ReadOnlySpan<float> values)
    {
        var (greatest, found) = (0f, false);
        for (var action = 0; action < values.Length; action++)
        {
            if ((Bits >> action & 1) == 0 || (found && values[action] <= greatest)) continue;
            (greatest, found) = (values[action], true);
        }
        return greatest;
    }
}
