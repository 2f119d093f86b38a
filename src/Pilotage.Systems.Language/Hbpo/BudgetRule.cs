namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Which of two published forms the reward of a budget has.</summary>
public enum BudgetRule
{
    /// <summary>Eq. 1 to 3: the falling form beyond the budget, the flat one within it.</summary>
    Paper,

    /// <summary>The released code: the lower of both forms everywhere, and -1 for an answer that does not end.</summary>
    CodeMin,
}
