using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>A learner whose answers differ in length on purpose.</summary>
internal interface IBudgetLearner : ILanguageLearner
{
    /// <summary>What the subgroups of the last iteration did; one without a budget where none was told.</summary>
    IReadOnlyList<SubgroupFigures> Subgroups { get; }
}
