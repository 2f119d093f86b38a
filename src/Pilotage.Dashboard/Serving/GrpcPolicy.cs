using Google.Protobuf;
using Grpc.Core;
using Pilotage.Dashboard.Serving.Wire;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>The service over gRPC; <c>Wire/policy.proto</c> is its contract.</summary>
internal sealed class GrpcPolicy(PolicyDesk desk) : PolicyService.PolicyServiceBase
{
    public override async Task<ActReply> Act(ActRequest request, ServerCallContext context)
    {
        EpisodeMemory?[] memories = request.Memory.IsEmpty ? [] : [MemoryToken.Read(request.Memory.Span, desk.Policy.Version)];
        var decision = await desk.Decide(1, [.. request.Observation], [.. request.Legal], memories, context.CancellationToken);
        return new() { Action = ActionOf(decision, 0), Version = decision.Version };
    }

    public override async Task<ActBatchReply> ActBatch(ActBatchRequest request, ServerCallContext context)
    {
        var rows = (int)Math.Min(request.Rows, int.MaxValue);
        RequireRows(request.Observations.Count, "observations", rows);
        RequireRows(request.Legal.Count, "legal", rows);
        if (request.Memories.Count > 0 && request.Memories.Count != rows)
            throw PolicyDesk.Wrong("PIL1712", $"There are {request.Memories.Count} memories for {rows} rows.", "Give one a row, empty where an episode begins, or none.");
        var version = desk.Policy.Version;
        var memories = request.Memories.Select(memory => memory.IsEmpty ? null : MemoryToken.Read(memory.Span, version)).ToArray();
        var decision = await desk.Decide(rows, [.. request.Observations], [.. request.Legal], memories, context.CancellationToken);
        var reply = new ActBatchReply { Version = decision.Version, MemoriesBegun = (uint)decision.Begun };
        for (var row = 0; row < rows; row++) reply.Actions.Add(ActionOf(decision, row));
        return reply;
    }

    public override Task<DescribeReply> Describe(DescribeRequest request, ServerCallContext context)
    {
        var manifest = desk.Policy.Manifest;
        var reply = new DescribeReply
        {
            Environment = manifest.Environment.Name, ObservationSize = (uint)manifest.Environment.ObservationSize, Actions = HttpRoutes.Words(manifest.Environment.Actions), Version = manifest.ParameterHash,
        };
        reply.ObservationNames.Add(manifest.Environment.ObservationNames);
        return Task.FromResult(reply);
    }

    private static void RequireRows(int count, string name, int rows)
    {
        if (rows > 0 && count % rows != 0) throw PolicyDesk.Wrong("PIL1712", $"{count} entries of \"{name}\" do not divide among {rows} rows.", "Give as many for each row.");
    }

    private static Wire.Action ActionOf(PolicyBatchDecision decision, int row)
    {
        var action = new Wire.Action();
        action.Indices.AddRange(decision.Indices.IsEmpty ? [] : decision.IndicesOf(row).Span);
        action.Values.AddRange(decision.Values.IsEmpty ? [] : decision.ValuesOf(row).Span);
        if (decision.Memories.Count > 0) action.Memory = UnsafeByteOperations.UnsafeWrap(MemoryToken.Bytes(decision.Memories[row]));
        return action;
    }
}
