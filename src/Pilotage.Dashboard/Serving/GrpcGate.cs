using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Pilotage.Dashboard.Serving;

/// <summary>What surrounds each gRPC call: counts and times it, and turns exceptions into a status with the reason.</summary>
internal sealed partial class GrpcGate(ServingMetrics metrics, TimeProvider clock, ILogger<GrpcGate> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var (start, status) = (clock.GetTimestamp(), StatusCode.OK);
        try
        {
            return await continuation(request, context);
        }
        catch (UserMistakeException mistake)
        {
            throw Refused(StatusCode.InvalidArgument, mistake.Problems[0]);
        }
        catch (OverloadedException full)
        {
            throw Refused(StatusCode.ResourceExhausted, full.Message);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw Refused(StatusCode.Cancelled, "The caller left.");
        }
#pragma warning disable CA1031 // The top of a call: what arrives here is a defect; it is logged whole, and the service goes on.
        catch (Exception defect) when (defect is not RpcException)
#pragma warning restore CA1031
        {
            LogDefect(defect, context.Method);
            throw Refused(StatusCode.Internal, "PIL1799  A defect in the service; its log says more.");
        }
        finally
        {
            metrics.Count("grpc", context.Method[(context.Method.LastIndexOf('/') + 1)..], status.ToString(), clock.GetElapsedTime(start));
        }

        RpcException Refused(StatusCode code, string reason)
        {
            status = code;
            return new(new(code, Reason.OneLine(reason)));
        }
    }

    [LoggerMessage(20, LogLevel.Error, "A defect in {Method}.")]
    private partial void LogDefect(Exception defect, string method);
}
