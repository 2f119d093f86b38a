using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>A loss that is 0 where the demonstrated action is worth more than every other one by a margin. Keeps the values of actions that nobody showed from being dreamt up.</summary>
public static class LargeMargin
{
    /// <summary>Mean over the rows of max over a of (Q(s, a) + l(a)) - Q(s, demonstrated).</summary>
    /// <param name="values">Q, [rows, actions].</param>
    /// <param name="demonstrated">[rows].</param>
    /// <param name="margins">l, [rows, actions]: 0 for the demonstrated action, the margin for the others; constants.</param>
    /// <returns>A scalar, at least 0.</returns>
    /// <remarks>Source: Hester et al., arXiv:1704.03732, J_E in section 4; the margin there is 0.8.</remarks>
    public static Tensor Mean(Tensor values, Indices demonstrated, Tensor margins) => ((values + margins).Max(-1) - values.Gather(demonstrated)).Mean();
}
