using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Stac;

/// <summary>How far a critic is from the truth: its mean less the discounted soft return that followed, at the states of played episodes. Above 0: overestimation.</summary>
/// <remarks>
/// Actions are drawn from the policy, because that is the policy whose soft value the critic learns: Q(s, a) = r + gamma (V(s')), V(s') = Q(s', a') - alpha log pi(a'|s').
/// Where an episode was truncated the critic's own soft value stands for the rest, and only states of its first half count: n steps before the limit the error is measured but for its
/// gamma^n-th part. Episodes that terminated count whole. Sheet arXiv:2601.00737, figure on value errors.
/// </remarks>
/// <param name="create">Makes the environment from a number of rows and a seed node; an environment without time limit must end its episodes itself.</param>
/// <param name="episodes">One for each row, at least 1.</param>
/// <param name="discount">gamma.</param>
internal sealed class ValueProbe(Func<int, SeedTree, IVectorEnvironment> create, int episodes, double discount)
{
    /// <summary>Plays the episodes.</summary>
    /// <param name="learner">Critic and policy; not changed.</param>
    /// <param name="seeds">Apart from all training; same node, same result.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The signed error, in the unit of the rewards: the mean over all states that count.</returns>
    public double Measure(ISoftCritic learner, SeedTree seeds, CancellationToken cancellation = default)
    {
        var environment = create(episodes, seeds);
        var (size, dimensions) = (environment.Spec.ObservationSize, learner.Actor.Dimensions);
        var random = seeds.Actions.Start();
        var draw = new Draw(learner, episodes, dimensions);
        var actions = new ActionBatch(environment.Spec.Actions, episodes);
        var visits = new List<Visit>[episodes];
        for (var row = 0; row < episodes; row++) visits[row] = [];
        var ended = new bool[episodes];
        var (sum, count) = (0.0, 0L);
        for (var open = episodes; open > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            draw.Take(environment.Frames.Observations, size, ref random);
            draw.Actions.CopyTo(actions.Values);
            learner.Actor.ToBox(actions.Values);
            var transition = environment.Step(actions);
            for (var row = 0; row < episodes; row++)
                if (!ended[row]) visits[row].Add(new(draw.Values[row], draw.LogPi[row], transition.Rewards[row]));
            for (var i = 0; i < transition.EndedRows.Length; i++)
            {
                var row = transition.EndedRows[i];
                if (ended[row]) continue;
                ended[row] = true;
                open--;
                var truncated = transition.Ends[row] == End.Truncated;
                var rest = truncated ? SoftValue(learner, transition.FinalFrames.Observation(i), ref random) : 0;
                var (own, states) = Errors(visits[row], rest, truncated ? visits[row].Count / 2 : visits[row].Count, discount, learner.Temperature);
                (sum, count) = (sum + own, count + states);
            }
        }
        return sum / count;
    }

    /// <summary>Sum of Q less the realised soft return over the first states of an episode.</summary>
    /// <param name="visits">The episode.</param>
    /// <param name="rest">Soft value of the last state; 0 where it is terminal.</param>
    /// <param name="counted">How many states count, from the first; at least 1 does.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="temperature">alpha.</param>
    internal static (double Sum, int Count) Errors(IReadOnlyList<Visit> visits, double rest, int counted, double discount, double temperature)
    {
        var (next, sum) = (rest, 0.0);                                                    // V of the state after
        counted = Math.Max(1, counted);
        for (var t = visits.Count - 1; t >= 0; t--)
        {
            var (value, logPi, reward) = visits[t];
            var realised = reward + discount * next;
            if (t < counted) sum += value - realised;
            next = realised - temperature * logPi;
        }
        return (sum, counted);
    }

    private static double SoftValue(ISoftCritic learner, ReadOnlySpan<float> observation, ref Randomness random)
    {
        var last = new Draw(learner, 1, learner.Actor.Dimensions);
        last.Take(observation, observation.Length, ref random);
        return last.Values[0] - learner.Temperature * last.LogPi[0];
    }

    /// <summary>One step of an episode.</summary>
    /// <param name="Value">Q(s, a), the critic's mean.</param>
    /// <param name="LogPi">log pi(a|s).</param>
    /// <param name="Reward">r.</param>
    internal readonly record struct Visit(double Value, double LogPi, double Reward);

    /// <summary>Actions drawn in some states, with what they are worth.</summary>
    private sealed class Draw(ISoftCritic learner, int rows, int dimensions)
    {
        private readonly float[] _normals = new float[rows * dimensions];

        public float[] Actions { get; } = new float[rows * dimensions];                   // in the actor's unit

        public float[] LogPi { get; } = new float[rows];

        public float[] Values { get; } = new float[rows];

        public void Take(ReadOnlySpan<float> observations, int size, ref Randomness random)
        {
            foreach (ref var normal in _normals.AsSpan()) normal = (float)random.NextNormal();
            using (Step.Begin(learner.Actor.Parameters.Device, Gradient.None))
            {
                var (drawn, logPi) = learner.Actor.Sample(Tensor.From(observations, rows, size), Tensor.From(_normals, rows, dimensions));
                drawn.CopyTo(Actions);
                logPi.CopyTo(LogPi);
            }
            learner.Estimate(observations, Actions, Values);
        }
    }
}
