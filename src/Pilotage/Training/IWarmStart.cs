using Pilotage.Experience;

namespace Pilotage.Training;

/// <summary>A learner that can begin from what somebody else did: a heuristic, an older policy, a person.</summary>
public interface IWarmStart
{
    /// <summary>Learns from demonstrations, once, before the first <see cref="ILearner.Iterate"/>. The steps do not count as the learner's own.</summary>
    /// <param name="shown">Taken in the learner's own kind of environment, on raw observations.</param>
    /// <param name="seeds">A branch of the run's tree for the order of what is learned.</param>
    /// <returns>Figures of what was learned, by name: what it is, is the learner's affair.</returns>
    /// <exception cref="UserMistakeException">There is nothing to learn from (PIL1105).</exception>
    /// <remarks>A learner saved afterwards and loaded into a new one goes on bit for bit; the warm start is not repeated.</remarks>
    IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown, SeedTree seeds);
}
