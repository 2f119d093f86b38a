using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Explores: with a probability a uniform legal action, else what another policy says. For one discrete choice.</summary>
public static class EpsilonGreedy
{
    /// <summary>Replaces some rows' actions by uniform legal ones.</summary>
    /// <param name="frames">Masks and active flags.</param>
    /// <param name="epsilon">Probability of exploring, in [0, 1].</param>
    /// <param name="random">Two draws per exploring row, one per other row.</param>
    /// <param name="actions">Filled by the policy before; some rows are replaced.</param>
    public static void Explore(FrameBatch frames, double epsilon, ref Randomness random, ActionBatch actions)
    {
        var count = ((ActionSpace.Discrete)actions.Space).Count;
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row) || random.NextDouble() >= epsilon) continue;
            var legal = frames.LegalOf(row);
            var place = random.NextInt(legal.IsEmpty ? count : legal.Count(value: true));
            var action = 0;
            while (!legal.IsEmpty && (!legal[action] || place-- > 0)) action++;
            actions.Indices[row] = legal.IsEmpty ? place : action;
        }
    }
}
