namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>One life of a society: what was seen after each step.</summary>
/// <param name="Radicals">Share of radicals.</param>
/// <param name="Alarms">The alarm that they caused.</param>
/// <param name="SeenAlarms">The alarm that arrived.</param>
/// <param name="MeanReward">What an agent earned in a step, on average over the run.</param>
internal sealed record SocietyRun(double[] Radicals, double[] Alarms, double[] SeenAlarms, double MeanReward)
{
    /// <summary>Lives through a run.</summary>
    /// <param name="graph">Who influences whom.</param>
    /// <param name="population">The agents.</param>
    /// <param name="config">Payoffs, learning, number of steps.</param>
    /// <param name="architecture">How agents decide.</param>
    /// <param name="delay">Of the alarm, in steps.</param>
    /// <param name="isGoverned">Whether the regulator learns; a static one otherwise.</param>
    /// <param name="seeds">Branch of the run.</param>
    public static SocietyRun Live(
        SocialGraph graph, Population population, DelayedRepressionConfig config, Architecture architecture, int delay, bool isGoverned, SeedTree seeds)
    {
        var society = new Society(graph, population, config.Society, delay, seeds.Branch("agents"));
        IRegulator regulator = isGoverned ? new LearningRegulator(seeds.Branch("regulator")) : new StaticRegulator(config.Society.Strength);
        return architecture switch
        {
            Architecture.Fixed => Live(society, new FixedAgents(), regulator, config.Steps),
            Architecture.Reactive => Live(society, new ReactiveAgents(), regulator, config.Steps),
            _ => Live(society, new LearningAgents(graph.Count, config.StepSize, config.Discount, config.Exploration), regulator, config.Steps),
        };
    }

    private static SocietyRun Live<TArchitecture>(Society society, TArchitecture architecture, IRegulator regulator, int steps) where TArchitecture : struct, IArchitecture
    {
        var run = new SocietyRun(new double[steps], new double[steps], new double[steps], 0);
        var reward = 0.0;
        for (var step = 0; step < steps; step++)
        {
            run.SeenAlarms[step] = society.SeenAlarm;
            society.Step(ref architecture, regulator);
            (run.Radicals[step], run.Alarms[step]) = (society.Radicals, society.Alarm);
            reward += society.MeanReward;
        }
        return run with { MeanReward = reward / steps };
    }
}
