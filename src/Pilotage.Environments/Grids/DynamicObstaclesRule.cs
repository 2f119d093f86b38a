namespace Pilotage.Environments.Grids;

/// <summary>Walks the shortest path that it sees to the goal; where it sees none, straight on while nothing is ahead, else turns right. Never into a ball or a wall.</summary>
internal static class DynamicObstaclesRule
{
    /// <summary>Decides from what is seen.</summary>
    public static int Decide(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal)
    {
        _ = legal;
        var goal = (I: -1, J: -1);
        for (var i = 0; i < EgocentricView.Side; i++)
            for (var j = 0; j < EgocentricView.Side; j++)
                if (EgocentricView.Read(observation, i, j) == GridCell.Goal) goal = (i, j);
        if (ViewPath.FirstAction(observation, (i, j) => (i, j) == goal) is >= 0 and var action) return action;
        return EgocentricView.Read(observation, EgocentricView.Middle, EgocentricView.Side - 2) == GridCell.Empty ? Pose.Forward : Pose.Right;
    }
}
