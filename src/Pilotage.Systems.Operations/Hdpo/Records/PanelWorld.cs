namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A panel cut in time: periods to learn from, to choose by, and to judge by, with the costs and lead time of each series.</summary>
internal sealed class PanelWorld
{
    /// <summary>How many past periods policies look at.</summary>
    public const int Past = 16;

    /// <param name="panel">Recorded demand.</param>
    /// <param name="terms">Costs and lead time of each series.</param>
    /// <param name="training">First period and number of periods to learn from.</param>
    /// <param name="validation">The same, to choose by.</param>
    /// <param name="test">The same, to judge by.</param>
    /// <param name="ignored">First periods of validation and test that do not count: until the first state is forgotten.</param>
    /// <param name="seeds">Draws first states.</param>
    /// <param name="isLost">Whether demand that is not met goes away.</param>
    /// <param name="window">Longest training scenario; longer stretches of panels without dates are cut.</param>
    public PanelWorld(
        DemandPanel panel, ScenarioTerms terms, (int First, int Length) training, (int First, int Length) validation, (int First, int Length) test, int ignored, SeedTree seeds, bool isLost = true, int window = int.MaxValue)
    {
        (Panel, Terms, Ignored) = (panel, terms, ignored);
        Network = InventoryNetwork.Store(terms.LeadTimes.Max(), 1, 1, isLost);
        Training = panel.Windows(Network, terms, training.First, training.Length, window, Past, seeds.Branch("training"));
        Validation = panel.Scenarios(Network, terms, validation.First, validation.Length, Past, seeds.Branch("validation"));
        Test = panel.Scenarios(Network, terms, test.First, test.Length, Past, seeds.Branch("test"));
    }

    /// <summary>Recorded demand.</summary>
    public DemandPanel Panel { get; }

    /// <summary>Costs and lead time of each series.</summary>
    public ScenarioTerms Terms { get; }

    /// <summary>One store; costs are in the terms.</summary>
    public InventoryNetwork Network { get; }

    /// <summary>To learn from.</summary>
    public ScenarioSet Training { get; }

    /// <summary>To choose by.</summary>
    public ScenarioSet Validation { get; }

    /// <summary>To judge by.</summary>
    public ScenarioSet Test { get; }

    /// <summary>First periods of validation and test that do not count.</summary>
    public int Ignored { get; }

    /// <summary>Profit of each series for a period, in its own unit: p for each unit sold less h for each unit left.</summary>
    /// <param name="run">A run on <see cref="Test"/> or <see cref="Validation"/>.</param>
    /// <param name="set">Which of them.</param>
    public double[] Profits(ScenarioRun run, ScenarioSet set)
    {
        // p min(on hand, demand) = p demand - p missing: profit is what all demand would bring less the cost.
        var profits = new double[run.Costs.Length];
        for (var i = 0; i < profits.Length; i++) profits[i] = Terms.ShortageCosts[i] * run.Demand[i] / (set.Periods - Ignored) - run.Costs[i];
        return profits;
    }
}
