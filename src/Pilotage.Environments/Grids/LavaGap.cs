using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.Grids;

/// <summary>MiniGrid-LavaGapS7-v0: reach the far corner through the one gap in a column of lava. Turn left (0), right (1), go forward (2).</summary>
/// <remarks>
/// Source: Farama Minigrid; arXiv:2111.04714 offers the first three of its seven actions and two of three channels. The agent begins in cell (1, 1) looking right, the goal is
/// cell (5, 5), the lava stands in column 2, 3 or 4, its gap in row 1 to 5, uniformly. The goal pays 1 - 0.9 t / 196 at step t, lava ends the episode without pay. 196 steps.
/// Observation: the seven by seven cells before the agent, 98 numbers; what is behind walls is not seen.
/// </remarks>
public struct LavaGap : IEnvironment, IDrawable, IRoom
{
    internal const int Side = 7;
    internal const int Limit = 4 * Side * Side;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MiniGrid-LavaGapS7-v0",
        ObservationSize = EgocentricView.Size,
        Actions = new ActionSpace.Discrete(Pose.ActionCount),
        TimeLimit = Limit,
    };

    private Pose _agent;
    private int _column;
    private int _gap;
    private int _steps;

    /// <summary>Places everything, for tests and rules.</summary>
    internal LavaGap(Pose agent, int column, int gap, int steps = 0) => (_agent, _column, _gap, _steps) = (agent, column, gap, steps);

    internal readonly Pose Agent => _agent;

    internal readonly int Column => _column;

    internal readonly int Gap => _gap;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        (_agent, _steps) = (new(1, 1, 0), 0);
        _column = 2 + random.NextInt(Side - 4);
        _gap = 1 + random.NextInt(Side - 2);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _steps++;
        var entered = GridCell.Empty;
        if (action.Index != Pose.Forward) _agent = _agent.Turned(action.Index);
        else
        {
            var ahead = _agent.Ahead();
            entered = Cell(ahead.X, ahead.Y);
            if (entered != GridCell.Wall) _agent = ahead;
        }
        Observe(next.Observation);
        return entered switch
        {
            GridCell.Goal => new((float)(1 - 0.9 * _steps / Limit), End.Terminated),
            GridCell.Lava => new(0, End.Terminated),
            _ => new(0, End.Running),
        };
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => RoomScene.Draw(scene, this, Side, _agent);

    readonly GridCell IRoom.At(int x, int y) => Cell(x, y);

    private readonly GridCell Cell(int x, int y) =>
        x is <= 0 or >= Side - 1 || y is <= 0 or >= Side - 1 ? GridCell.Wall
        : (x, y) == (Side - 2, Side - 2) ? GridCell.Goal
        : x == _column && y != _gap ? GridCell.Lava
        : GridCell.Empty;

    private readonly void Observe(Span<float> observation) => EgocentricView.Write(this, _agent, seesThroughWalls: false, observation);
}
