package resource

// The columns that are counted socket by socket: of the machine's network namespace, and of the process under test.
const (
	// TCPCloseWait is how many connections were closed by their peer and not by the program here: a number that grows is a leak.
	TCPCloseWait = "TCP_Close_Wait"
	// TCPFinWait is how many connections were closed here and not by their peer.
	TCPFinWait = "TCP_Fin_Wait"
	// TCPSYNReceived is how many connections others have begun and not finished.
	TCPSYNReceived = "TCP_SYN_Received"
	// TCPSYNSent is how many connections were begun here and not answered.
	TCPSYNSent = "TCP_SYN_Sent"
	// TCPEphemeralPorts is how many ports of those that the system gives to connections are taken.
	TCPEphemeralPorts = "TCP_Ephemeral_Ports"
	// TCPEphemeralPortsPercent is their share of the range.
	TCPEphemeralPortsPercent = "TCP_Ephemeral_Ports_Percent"
	// TCPDestinationPortsPercent is the share of the range that the connections to the most used destination take: at 100 no further one can be made there.
	TCPDestinationPortsPercent = "TCP_Destination_Ports_Percent"

	// ProcessAcceptQueue is how many connections wait to be accepted, in the fullest queue of the process under test.
	ProcessAcceptQueue = "Process_Accept_Queue"
	// ProcessAcceptBacklog is the backlog that was set for that queue.
	ProcessAcceptBacklog = "Process_Accept_Backlog"
	// ProcessAcceptQueuePercent is how full it is: the kernel takes one more than the backlog.
	ProcessAcceptQueuePercent = "Process_Accept_Queue_Percent"
	// ProcessSocketsEstablished is how many open connections the process under test holds.
	ProcessSocketsEstablished = "Process_Sockets_Established"
	// ProcessSocketsOutgoing is how many of them it began itself: its pools to databases and other servers.
	ProcessSocketsOutgoing = "Process_Sockets_Outgoing"
	// ProcessSocketsCloseWait is how many the peer has closed and the process has not.
	ProcessSocketsCloseWait = "Process_Sockets_Close_Wait"
	// ProcessSocketsTimeWait is how many ended connections to its ports still hold them; no process does.
	ProcessSocketsTimeWait = "Process_Sockets_Time_Wait"
)

func socketColumns() []string {
	return []string{
		TCPCloseWait, TCPFinWait, TCPSYNReceived, TCPSYNSent, TCPEphemeralPorts, TCPEphemeralPortsPercent, TCPDestinationPortsPercent,
		ProcessAcceptQueue, ProcessAcceptBacklog, ProcessAcceptQueuePercent,
		ProcessSocketsEstablished, ProcessSocketsOutgoing, ProcessSocketsCloseWait, ProcessSocketsTimeWait,
	}
}
