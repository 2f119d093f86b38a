namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A user's demand, read, checked and cut in time.</summary>
/// <param name="World">In units of each series' mean.</param>
/// <param name="Periods">Names of the periods.</param>
/// <param name="Stock">What is in stock now, [series, W], in units; <see langword="null"/> where no file says so.</param>
/// <param name="Notes">What was read, changed or left out.</param>
internal sealed record UserDemand(PanelWorld World, IReadOnlyList<string> Periods, float[]? Stock, IReadOnlyList<string> Notes)
{
    private const int Window = 48;                       // periods of one training scenario, where the records are longer

    /// <summary>Reads what the user brought.</summary>
    /// <param name="inputs">Demand, and maybe stock.</param>
    /// <param name="settings">Costs, lead time, shares.</param>
    /// <param name="seeds">Draws first states.</param>
    /// <exception cref="UserMistakeException">Files or settings cannot be used; holds all problems.</exception>
    public static UserDemand Read(IReadOnlyList<string> inputs, ApplySettings settings, SeedTree seeds)
    {
        if (inputs.Count is < 1 or > 2) throw new UserMistakeException($"{inputs.Count} input files were given; hdpo takes a CSV file of demand (series,period,value) and, if there is one, a CSV file of stock (series,on_hand,arriving_1, …).");
        var problems = new List<string>();
        if (settings.TestShare + settings.ValidationShare > 0.8) problems.Add($"apply.testShare = {settings.TestShare} and apply.validationShare = {settings.ValidationShare} leave less than a fifth of the periods to learn from. Lower one of them.");
        DemandFile? file = null;
        try
        {
            file = DemandFile.Read(inputs[0]);
        }
        catch (UserMistakeException mistake)
        {
            problems.AddRange(mistake.Problems);
        }
        var lead = settings.LeadTime;
        var (count, past, warmUp) = (file?.Periods.Count ?? 0, PanelWorld.Past, lead + 1);
        var (test, validation) = ((int)(count * settings.TestShare), (int)(count * settings.ValidationShare));
        var learned = count - test - validation;
        if (file is not null && (learned < past + 2 * warmUp || validation < 2 * warmUp || test < 2 * warmUp))
        {
            var needed = Enumerable.Range(1, 1_000_000).First(n => (int)(n * settings.TestShare) >= 2 * warmUp && (int)(n * settings.ValidationShare) >= 2 * warmUp
                && n - (int)(n * settings.TestShare) - (int)(n * settings.ValidationShare) >= past + 2 * warmUp);
            problems.Add($"{inputs[0]} holds {count} periods; with apply.leadTime = {lead} and these shares at least {needed} are needed to learn, choose and judge at different times. Give a longer history.");
        }
        UserMistakeException.ThrowIfAny(problems);

        var returns = file!.Values.Count(value => value < 0);
        var (panel, _, leftOut) = DemandPanel.Of(file.Names, file.Names, file.Values, count, learned, [], settings.KeepReturns);
        if (panel.Count == 0) throw new UserMistakeException($"{inputs[0]}: no series sold in at least half of the {learned} periods to learn from. Sum up longer periods, for example weeks instead of days.");
        var terms = new ScenarioTerms(
            [.. Enumerable.Repeat((float)settings.HoldingCost, panel.Count)], [.. Enumerable.Repeat((float)settings.ShortageCost, panel.Count)], [.. Enumerable.Repeat(lead, panel.Count)]);
        var world = new PanelWorld(panel, terms, (past, learned - past), (learned, validation), (learned + validation, test), warmUp, seeds, settings.IsLost, Window);
        var stock = inputs.Count == 2 ? StockFile.Read(inputs[1], panel.Names, world.Network.Width) : null;
        var notes = new List<string>
        {
            $"Read {panel.Count} series of {count} periods. Trained on the first {learned}, chosen on the next {validation}, judged on the last {test}, the first {warmUp} of them uncounted, which nothing had seen.",
        };
        if (returns > 0) notes.Add(settings.KeepReturns ? $"{returns} value(s) of demand below 0 come back into stock." : $"{returns} value(s) of demand below 0 were taken as returns and set to 0; apply.keepReturns=true keeps them.");
        if (leftOut > 0) notes.Add($"{leftOut} series sold in less than half of the periods to learn from and were left out.");
        return new(world, file.Periods, stock, notes);
    }
}
