using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>Brings observations and rewards to unit scale by what the rule sees and earns: users' problems come in euros, pieces and seconds.</summary>
/// <remarks>
/// Fixed before a training begins. Running moments would be those of a learner's first, random steps, which may lead far from where anybody wants to be;
/// and a replay would hold rewards of several scales.
/// </remarks>
internal static class RuleScales
{
    private const int Frames = 4_000;                    // settles means and deviations to a few per cent
    private const double Deviation = 0.2;                // so that what the rule holds still has a scale too

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The learner's environment.</param>
    /// <param name="rule">Plays, and now and then a random action.</param>
    /// <param name="make">Makes an environment to play in.</param>
    /// <param name="discount">Of the returns that rewards are scaled by.</param>
    /// <param name="seeds">The training's node.</param>
    /// <returns>The environment as the learner sees it; its statistics are frozen.</returns>
    public static NormalizedEnvironment Around(IVectorEnvironment inner, IPolicy rule, Func<int, SeedTree, IVectorEnvironment> make, double discount, SeedTree seeds)
    {
        var (spec, rows) = (inner.Spec, inner.Rows);
        var (normalizer, scaler) = (new ObservationNormalizer(spec.ObservationSize), new RewardScaler(rows, discount));
        var played = make(rows, seeds.Branch("scales"));
        var (memory, random, explorer) = (rule.CreateMemory(rows), seeds.Branch("scales").Actions.Start(), new RandomPolicy());
        var (chosen, drawn) = (new ActionBatch(spec.Actions, rows), new ActionBatch(spec.Actions, rows));
        normalizer.Update(played.Frames);
        for (var step = 0; step * rows < Frames; step++)
        {
            rule.Act(played.Frames, memory, ref random, chosen);
            explorer.Act(played.Frames, PolicyMemory.None, ref random, drawn);
            for (var row = 0; row < rows; row++) if (random.NextDouble() < Deviation) Copy(drawn, chosen, row);
            var transition = played.Step(chosen);
            scaler.Update(transition.Rewards, transition.Ends);
            foreach (var row in transition.EndedRows) memory.ResetRow(row);
            normalizer.Update(played.Frames);
        }
        scaler.ResetReturns();
        return new(inner, normalizer, scaler, isFrozen: true);
    }

    private static void Copy(ActionBatch from, ActionBatch to, int row)
    {
        from[row].Indices.CopyTo(to.Indices[(row * from.Space.IndexCount)..]);
        from[row].Values.CopyTo(to.Values[(row * from.Space.ValueCount)..]);
    }
}
