using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab.Rollouts;

/// <summary>Says whether workers can play a training's rollouts such that the result is the same as without them.</summary>
public static class RolloutSharing
{
    /// <summary>Looks at a training before it begins.</summary>
    /// <param name="algorithm">The learner.</param>
    /// <param name="environment">What it learns.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>Why not, and what to do; <see langword="null"/> if they can.</returns>
    /// <exception cref="UserMistakeException">The environment cannot be made.</exception>
    public static Mistake? Refusal(AlgorithmEntry algorithm, EnvironmentEntry environment, object settings, Device device)
    {
        if (algorithm.CreateShard is null) return NotShared(algorithm);
        return Refusal(algorithm, (IRolloutLearner)algorithm.Create(settings, environment.Create, SeedTree.Root(0), Device.Managed), device);
    }

    /// <summary>Looks at the learner of a training.</summary>
    /// <param name="algorithm">What it is.</param>
    /// <param name="learner">It.</param>
    /// <param name="device">Where it computes.</param>
    /// <returns>Why not, and what to do; <see langword="null"/> if they can.</returns>
    public static Mistake? Refusal(AlgorithmEntry algorithm, ILearner learner, Device device)
    {
        if (algorithm.CreateShard is null || learner is not IRolloutLearner sharing) return NotShared(algorithm);
        if (device.Name != Device.Managed.Name)
            return new(
                "PIL0217", $"Workers compute on the processor, this training on {device.Name}: the last bits would differ.", "", "Leave --device out, or train without workers.");
        return sharing.Source.Refusal;
    }

    /// <summary>What to say of a learner without rollouts.</summary>
    internal static Mistake NotShared(AlgorithmEntry algorithm) => new(
        "PIL0216", $"{algorithm.Name} learns in small steps while it plays, or from whole episodes; workers play rollouts of a fixed length, from weights that stand still meanwhile.", "",
        $"Train without workers, or use one of: {string.Join(", ", AlgorithmCatalog.All.Where(entry => entry.CreateShard is not null).Select(entry => entry.Name))}.");
}
