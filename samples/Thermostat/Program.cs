using Pilotage;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;

var seeds = SeedTree.Root(1);
var ppo = new Ppo(new PpoConfig { Steps = 50_000 }, new VectorEnvironment<Thermostat>(new Thermostat[4], seeds), seeds);
while (ppo.Steps < 50_000) ppo.Iterate();

var rule = new RulePolicy((observation, _) => observation[0] < 0 ? 1 : 0);
VectorEnvironment<Thermostat> Make(int rows, SeedTree node) => new(new Thermostat[rows], node);
Console.WriteLine($"rule {PolicyEvaluation.Run(rule, Make, 100, seeds.Evaluation).Mean:F1}, learned {PolicyEvaluation.Run(ppo.Policy, Make, 100, seeds.Evaluation).Mean:F1}");

// Heat or not, every minute: discomfort is the squared distance from the wished temperature, and switching costs.
struct Thermostat : IEnvironment
{
    private float _temperature;                                       // degrees from the wish
    private int _heating;

    public static EnvironmentSpec Describe() => new() { Name = "Thermostat", ObservationSize = 2, Actions = new ActionSpace.Discrete(2), TimeLimit = 200 };

    public void Reset(Frame first, ref Randomness random)
    {
        _temperature = (float)random.NextUniform(-3, 3);
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var switched = action.Index != _heating;
        _heating = action.Index;
        _temperature += (_heating == 1 ? 0.4f : -0.3f) + 0.1f * (float)random.NextNormal();
        Show(next);
        return new(-_temperature * _temperature - (switched ? 0.5f : 0));
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation[0] = _temperature;
        frame.Observation[1] = _heating;
    }
}
