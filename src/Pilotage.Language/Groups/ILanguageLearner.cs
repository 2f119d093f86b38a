using Pilotage.Language.Models;

namespace Pilotage.Language.Groups;

/// <summary>A method that learns from groups of answers, one step at a time. Saved between two steps, it continues bit for bit, generation included.</summary>
public interface ILanguageLearner : ISaved
{
    /// <summary>What learns.</summary>
    LanguageModel Model { get; }

    /// <summary>Iterations so far: one batch of answers and what was learned from it.</summary>
    long Steps { get; }

    /// <summary>Figures of the last iteration, by the field's names.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; }

    /// <summary>Draws answers and learns from them.</summary>
    /// <param name="cancellation">Stops while answers are drawn; the iteration then has not happened but for problems taken.</param>
    void Iterate(CancellationToken cancellation = default);
}
