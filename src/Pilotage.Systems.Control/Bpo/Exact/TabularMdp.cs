using Pilotage.Numerics;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>A small decision process whose values are computed exactly, in double.</summary>
internal sealed class TabularMdp
{
    private readonly double[] _transitions;               // P(s' | s, a), [S, A, S]
    private readonly double[] _rewards;                   // [S, A]
    private readonly double[] _start;                     // [S]
    private readonly double[] _matrix;                    // [S, S], scratch

    /// <summary>Takes over a process.</summary>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <param name="discount">gamma, in [0, 1).</param>
    /// <param name="transitions">P(s' | s, a), [S, A, S]; each row sums to 1.</param>
    /// <param name="rewards">Mean reward, [S, A].</param>
    /// <param name="start">Distribution of the first state, [S].</param>
    public TabularMdp(int states, int actions, double discount, double[] transitions, double[] rewards, double[] start)
    {
        (States, Actions, Discount, _transitions, _rewards, _start) = (states, actions, discount, transitions, rewards, start);
        _matrix = new double[states * states];
    }

    /// <summary>S.</summary>
    public int States { get; }

    /// <summary>A.</summary>
    public int Actions { get; }

    /// <summary>gamma.</summary>
    public double Discount { get; }

    /// <summary>Draws a process: 5 to 20 states, 2 to 6 actions, gamma in [0.8, 0.99), normal rewards, next states and first state uniform on the simplex. In one of four, where there are three actions or more, the last equals the first, so that values tie.</summary>
    /// <param name="random">Drawn from.</param>
    public static TabularMdp Draw(ref Randomness random)
    {
        var (states, actions, discount) = (5 + random.NextInt(16), 2 + random.NextInt(5), random.NextUniform(0.8, 0.99));
        var (transitions, rewards, start) = (new double[states * actions * states], new double[states * actions], new double[states]);
        for (var row = 0; row < states * actions; row++)
        {
            DrawDistribution(ref random, transitions.AsSpan(row * states, states));
            rewards[row] = random.NextNormal();
        }
        DrawDistribution(ref random, start);
        if (random.NextInt(4) == 0 && actions > 2)
        {
            for (var s = 0; s < states; s++)
            {
                transitions.AsSpan(s * actions * states, states).CopyTo(transitions.AsSpan((s * actions + actions - 1) * states));
                rewards[s * actions + actions - 1] = rewards[s * actions];
            }
        }
        return new(states, actions, discount, transitions, rewards, start);
    }

    /// <summary>Draws a policy, uniform on the simplex in each state.</summary>
    /// <param name="random">Drawn from.</param>
    /// <returns>pi, [S, A].</returns>
    public double[] DrawPolicy(ref Randomness random)
    {
        var policy = new double[States * Actions];
        for (var s = 0; s < States; s++) DrawDistribution(ref random, policy.AsSpan(s * Actions, Actions));
        return policy;
    }

    /// <summary>V of a policy: (I - gamma P) V = r.</summary>
    /// <param name="policy">pi, [S, A].</param>
    /// <param name="values">Receives V, [S].</param>
    public void Evaluate(ReadOnlySpan<double> policy, Span<double> values)
    {
        FillMatrix(policy, isTransposed: false);
        for (var s = 0; s < States; s++)
        {
            values[s] = 0;
            for (var a = 0; a < Actions; a++) values[s] += policy[s * Actions + a] * _rewards[s * Actions + a];
        }
        Solve(values);
    }

    /// <summary>Discounted visits of a policy, d(s) = sum over t of gamma^t P(s_t = s): they sum to 1 / (1 - gamma).</summary>
    /// <param name="policy">pi, [S, A].</param>
    /// <param name="visits">Receives d, [S].</param>
    public void Visits(ReadOnlySpan<double> policy, Span<double> visits)
    {
        FillMatrix(policy, isTransposed: true);
        _start.CopyTo(visits);
        Solve(visits);
    }

    /// <summary>Q = r + gamma P V.</summary>
    /// <param name="values">V, [S].</param>
    /// <param name="actionValues">Receives Q, [S, A].</param>
    public void ActionValues(ReadOnlySpan<double> values, Span<double> actionValues)
    {
        for (var row = 0; row < actionValues.Length; row++)
        {
            var next = _transitions.AsSpan(row * States, States);
            var sum = 0.0;
            for (var s = 0; s < States; s++) sum += next[s] * values[s];
            actionValues[row] = _rewards[row] + Discount * sum;
        }
    }

    /// <summary>eta: the value of the first state, in the mean.</summary>
    /// <param name="values">V, [S].</param>
    public double Return(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var s = 0; s < States; s++) sum += _start[s] * values[s];
        return sum;
    }

    /// <summary>eta of the best policy, by policy iteration.</summary>
    public double BestReturn()
    {
        var (policy, values, actionValues) = (new double[States * Actions], new double[States], new double[States * Actions]);
        for (var s = 0; s < States; s++) policy[s * Actions] = 1;
        for (var isChanged = true; isChanged;)
        {
            Evaluate(policy, values);
            ActionValues(values, actionValues);
            isChanged = false;
            for (var s = 0; s < States; s++)
            {
                var own = actionValues.AsSpan(s * Actions, Actions);
                var (best, now) = (0, policy.AsSpan(s * Actions, Actions).IndexOf(1.0));
                for (var a = 1; a < Actions; a++) if (own[a] > own[best]) best = a;
                if (own[best] <= own[now] + 1e-12 * (1 + Math.Abs(own[now]))) continue;
                (policy[s * Actions + now], policy[s * Actions + best], isChanged) = (0, 1, true);
            }
        }
        return Return(values);
    }

    private void FillMatrix(ReadOnlySpan<double> policy, bool isTransposed)
    {
        for (var s = 0; s < States; s++)
        {
            for (var next = 0; next < States; next++)
            {
                var sum = 0.0;
                for (var a = 0; a < Actions; a++) sum += policy[s * Actions + a] * _transitions[(s * Actions + a) * States + next];
                _matrix[isTransposed ? next * States + s : s * States + next] = (s == next ? 1 : 0) - Discount * sum;
            }
        }
    }

    // I - gamma P is diagonally dominant by 1 - gamma: never singular below gamma = 1.
    private void Solve(Span<double> right)
    {
        if (!LinearSystem.Solve(_matrix, right)) throw new RunFailedException($"A process with discount {Discount} has no values: its linear system is singular.");
    }

    private static void DrawDistribution(ref Randomness random, Span<double> probabilities)
    {
        var sum = 0.0;
        foreach (ref var p in probabilities)
        {
            p = -Logarithm.Log(1 - random.NextDouble());
            sum += p;
        }
        foreach (ref var p in probabilities) p /= sum;
    }
}
