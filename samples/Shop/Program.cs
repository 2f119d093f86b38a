using Pilotage;
using Pilotage.Environments;
using Pilotage.Lab.Improvement;
using Pilotage.Policies;

// Today's rule: once stock and orders under way fall to 40 pieces, order crates up to 80.
var rule = new RulePolicy((seen, _) => seen[0] + seen[1] is var pieces and <= 40 ? (int)(80 - pieces) / 12 : 0);
return Improve.Main<Shop>(rule, args);

// Each evening a shop orders 0 to 6 crates of 12 pieces, which come two evenings later; Saturdays sell three times as much as Mondays.
struct Shop : IEnvironment
{
    private static ReadOnlySpan<int> Demand => [10, 10, 11, 13, 20, 32, 4];                     // mean pieces, Monday to Sunday
    private int _stock, _tomorrow, _day;

    public static EnvironmentSpec Describe() => new()
    {
        Name = "Shop", ObservationSize = 4, ObservationNames = ["stock", "under way", "weekday sine", "weekday cosine"],
        Actions = new ActionSpace.Discrete(7), TimeLimit = 91, RewardUnit = "euro",
    };

    public void Reset(Frame first, ref Randomness random)
    {
        (_stock, _tomorrow, _day) = (random.NextInt(60), 0, random.NextInt(7));
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _day = (_day + 1) % 7;
        var wanted = Math.Max(0, (int)Math.Round(Demand[_day] + Math.Sqrt(Demand[_day]) * random.NextNormal()));
        var sold = Math.Min(_stock, wanted);
        _stock += _tomorrow - sold;                                                             // what comes in the evening sells tomorrow
        _tomorrow = 12 * action.Index;
        Show(next);
        var euro = 2 * sold - 0.1 * _stock - (action.Index > 0 ? 12 : 0) - 1 * (wanted - sold); // margin, holding, delivery, customers sent away
        return new((float)euro);
    }

    private readonly void Show(Frame frame)
    {
        (frame.Observation[0], frame.Observation[1]) = (_stock, _tomorrow);
        (frame.Observation[2], frame.Observation[3]) = ((float)Math.Sin(_day * Math.Tau / 7), (float)Math.Cos(_day * Math.Tau / 7));
    }
}
