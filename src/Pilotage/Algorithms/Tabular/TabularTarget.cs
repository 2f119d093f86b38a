namespace Pilotage.Algorithms.Tabular;

/// <summary>What is known of the next state's worth: the pieces of the tabular targets. Pure; over legal actions only.</summary>
public static class TabularTarget
{
    /// <summary>max over legal a of Q(s', a).</summary>
    /// <param name="values">Q(s', .), [actions].</param>
    /// <param name="legal">One flag per action; empty means all.</param>
    /// <returns>The greatest legal value; 0 where no action is legal.</returns>
    public static float Maximum(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal) => Best(values, legal) is var best and >= 0 ? values[best] : 0;

    /// <summary>argmax over legal a of Q(s', a); the first of equals.</summary>
    /// <param name="values">Q(s', .), [actions].</param>
    /// <param name="legal">One flag per action; empty means all.</param>
    /// <returns>The action; -1 where none is legal.</returns>
    public static int Best(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal)
    {
        var best = -1;
        for (var action = 0; action < values.Length; action++)
            if ((legal.IsEmpty || legal[action]) && (best < 0 || values[action] > values[best])) best = action;
        return best;
    }

    /// <summary>Mean of Q(s', a) under the epsilon-greedy policy.</summary>
    /// <param name="values">Q(s', .), [actions].</param>
    /// <param name="legal">One flag per action; empty means all.</param>
    /// <param name="epsilon">Probability of a uniform legal action.</param>
    /// <returns>(1 - epsilon) max + epsilon mean over legal actions; 0 where none is legal.</returns>
    public static float Expected(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal, double epsilon)
    {
        var (sum, count) = (0f, 0);
        for (var action = 0; action < values.Length; action++)
        {
            if (!legal.IsEmpty && !legal[action]) continue;
            sum += values[action];
            count++;
        }
        return count == 0 ? 0 : (float)((1 - epsilon) * Maximum(values, legal) + epsilon * sum / count);
    }

    /// <summary>Draws an action: with probability epsilon a uniform legal one, else the best.</summary>
    /// <param name="values">Q(s, .), [actions].</param>
    /// <param name="legal">One flag per action; empty means all.</param>
    /// <param name="epsilon">Probability of exploring.</param>
    /// <param name="random">One draw, two when exploring.</param>
    /// <returns>A legal action.</returns>
    public static int EpsilonGreedy(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal, double epsilon, ref Randomness random)
    {
        if (random.NextDouble() >= epsilon) return Best(values, legal);
        var place = random.NextInt(legal.IsEmpty ? values.Length : legal.Count(value: true));
        var action = legal.IsEmpty ? place : 0;
        while (!legal.IsEmpty && (!legal[action] || place-- > 0)) action++;
        return action;
    }
}
