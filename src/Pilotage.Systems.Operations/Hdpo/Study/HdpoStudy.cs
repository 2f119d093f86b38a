using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Policies trained through the simulator beside trained rules, exact optima and learners from rewards.</summary>
internal sealed class HdpoStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly IReadOnlyList<StudyCell> _cells;

    /// <param name="cells">The problems.</param>
    /// <param name="records">Recorded demand.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seedCount">Training seeds of each arm.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public HdpoStudy(IReadOnlyList<StudyCell> cells, PanelWorld records, HdpoConfig config, int seedCount, Device? device = null)
    {
        _cells = cells;
        Arms = [.. new StudyArms(cells, config, device).All(), .. new RecordArms(records, config, device).All()];
        Claims = [.. new StudyClaims(cells).All(), .. RecordClaims.All(records.Panel.Groups.Distinct().Count())];
        SeedCount = seedCount;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [.. StudyMetrics.Table, new(RecordArms.Profit, "profit/week, records", HigherIsBetter: true)];

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.BaseStock;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new StudyPlots(_cells, [.. Arms.Select(arm => arm.Name)]).All(outcome.Results);

    /// <summary>Shrinks or widens the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke: one lead time, few updates.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Recorded sales; <see langword="null"/> makes some up.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Settings contradict each other, or data cannot be used.</exception>
    public static HdpoStudy Create(HdpoConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var records = dataFolder is not null ? FavoritaPanel.Read(dataFolder) : scale == Scale.Smoke ? FavoritaPanel.Generate(8, 3) : FavoritaPanel.Generate(60, 5);
        if (scale == Scale.Smoke) config = Smoke(config);
        if (scale == Scale.Paper) config = Paper(config);
        return new(StudyCells.All(config), records, config, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds), device);
    }

    private static HdpoConfig Smoke(HdpoConfig config)
    {
        PathwiseSettings Few(PathwiseSettings settings, int updates) => settings with
        {
            Scenarios = Math.Min(settings.Scenarios, 512),
            Updates = Math.Min(settings.Updates, updates),
            Periods = Math.Min(settings.Periods, 50),
            Batch = Math.Min(settings.Batch, 128),
        };
        return config with
        {
            BacklogLeadTimes = [config.BacklogLeadTimes.MinBy(lead => Math.Abs(lead - 4))],
            LostLeadTimes = [config.LostLeadTimes[0]],
            WarehouseScenarios = [config.WarehouseScenarios[0], config.WarehouseScenarios[1]],
            Store = Few(config.Store, 100),
            Serial = Few(config.Serial, 20),
            Rules = Few(config.Rules, 100),
            Warehouse = Few(config.Warehouse, 8),
            Records = Few(config.Records, 20) with { ValidationPeriod = 10 },
            RecordRules = Few(config.RecordRules, 10),
            ForecastUpdates = Math.Min(config.ForecastUpdates, 100),
            ForecastRows = Math.Min(config.ForecastRows, 128),
            GraphWidth = Math.Min(config.GraphWidth, 16),
            TestScenarios = Math.Min(config.TestScenarios, 128),
            TestPeriods = Math.Min(config.TestPeriods, 300),
            TestIgnored = Math.Min(config.TestIgnored, 100),
        };
    }

    private static HdpoConfig Paper(HdpoConfig config)
    {
        PathwiseSettings Many(PathwiseSettings settings, int scenarios, int batch) => settings with { Scenarios = scenarios, Batch = batch, Updates = 20 * settings.Updates };
        return config with
        {
            BacklogLeadTimes = [1, 4, 7, 10, 15, 20],
            LostLeadTimes = [1, 2, 3, 4],
            LostShortageCosts = [4, 9, 19, 39],
            WarehouseStores = Math.Max(10, config.WarehouseStores),
            WarehouseScenarios = [16, 256, 8192],
            GraphWidth = Math.Max(32, config.GraphWidth),
            Store = Many(config.Store, 32_768, 8192),
            Serial = Many(config.Serial, 32_768, 1024),
            Warehouse = Many(config.Warehouse, 8192, 1024),
            TestScenarios = 32_768,
            TestPeriods = 5000,
            TestIgnored = 3000,
        };
    }
}
