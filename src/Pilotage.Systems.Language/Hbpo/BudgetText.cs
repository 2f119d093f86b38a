using System.Globalization;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>How a budget is told: text right behind the prompt, where the answer begins.</summary>
/// <param name="Template"><c>{budget}</c> stands for the number of tokens.</param>
internal sealed record BudgetText(string Template)
{
    /// <summary>The text of a budget.</summary>
    /// <param name="budget">Tokens.</param>
    /// <returns>The text.</returns>
    public string Of(int budget) => Template.Replace("{budget}", budget.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
