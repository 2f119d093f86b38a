namespace Pilotage.Environments.Grids;

/// <summary>The first action of a shortest path through the cells that an agent sees, turns counted as steps.</summary>
internal static class ViewPath
{
    private const int Side = EgocentricView.Side;
    private static readonly Pose Start = new(EgocentricView.Middle, Side - 1, 3);         // where every agent stands in its own view

    /// <summary>Searches breadth first.</summary>
    /// <param name="observation">A view; walls, balls, lava and what is not seen are not entered.</param>
    /// <param name="isTarget">Whether a cell of the view is where to go.</param>
    /// <returns>An action, forward before turns where both are as short; -1 where no target is reached, or the agent is there.</returns>
    public static int FirstAction(ReadOnlySpan<float> observation, Func<int, int, bool> isTarget)
    {
        var first = new int[Side * Side * 4];                                             // action that the path to a pose begins with, plus 1
        var queue = new Queue<Pose>();
        first[Place(Start)] = -1;
        queue.Enqueue(Start);
        while (queue.TryDequeue(out var pose))
        {
            if (isTarget(pose.X, pose.Y)) return pose == Start ? -1 : first[Place(pose)] - 1;
            foreach (var action in (ReadOnlySpan<int>)[Pose.Forward, Pose.Left, Pose.Right])
            {
                var next = action == Pose.Forward ? pose.Ahead() : pose.Turned(action);
                if (next.X is < 0 or >= Side || next.Y is < 0 or >= Side || first[Place(next)] != 0) continue;
                if (action == Pose.Forward && EgocentricView.Read(observation, next.X, next.Y) is not (GridCell.Empty or GridCell.Goal)) continue;
                first[Place(next)] = pose == Start ? action + 1 : first[Place(pose)];
                queue.Enqueue(next);
            }
        }
        return -1;
    }

    private static int Place(Pose pose) => (pose.Y * Side + pose.X) * 4 + pose.Heading;
}
