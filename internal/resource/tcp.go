package resource

// The columns of TCP in the machine's network namespace, IPv4 and IPv6 together.
const (
	// TCPEstablished is how many connections are open: established, or closed by the peer alone (close-wait).
	TCPEstablished = "TCP_Established"
	// TCPTimeWait is how many ended connections still hold their ports, those that the peer alone has not closed and no process holds included.
	TCPTimeWait = "TCP_Time_Wait"
	// TCPOrphans is how many connections no process holds any more, and that have not ended yet.
	TCPOrphans = "TCP_Orphans"
	// TCPMemoryMB is the memory of the buffers of all connections of the machine, in every namespace.
	TCPMemoryMB = "TCP_Memory_MB"
	// TCPOpened is how many connections were begun here per second.
	TCPOpened = "TCP_Opened_Per_Second"
	// TCPAccepted is how many connections from others were taken per second.
	TCPAccepted = "TCP_Accepted_Per_Second"
	// TCPFailedAttempts is how many connections came to nothing per second while they were being made, here or by others.
	TCPFailedAttempts = "TCP_Failed_Attempts_Per_Second"
	// TCPRetransmits is how many segments were sent once more per second.
	TCPRetransmits = "TCP_Retransmits_Per_Second"
	// TCPRetransmitPercent is the share of the segments sent that were sent once more.
	TCPRetransmitPercent = "TCP_Retransmit_Percent"
	// TCPSYNRetransmits is how many of those asked for a connection, or answered such: each is a connect that takes 1 s longer, or 3, or 7.
	TCPSYNRetransmits = "TCP_SYN_Retransmits_Per_Second"
	// TCPTimeouts is how often per second an answer to a segment did not come in time.
	TCPTimeouts = "TCP_Timeouts_Per_Second"
	// TCPResetsSent is how many resets were sent per second: to a port where nobody listens, or instead of an orderly end.
	TCPResetsSent = "TCP_Resets_Sent_Per_Second"
	// TCPConnectionsReset is how many open connections ended per second without an orderly end: by a reset of either side, or given up.
	TCPConnectionsReset = "TCP_Connections_Reset_Per_Second"
	// TCPListenOverflows is how often per second a connection found the accept queue of its listener full.
	TCPListenOverflows = "TCP_Listen_Overflows_Per_Second"
	// TCPListenDrops is how many connections per second a listener lost, for a full queue or another reason.
	TCPListenDrops = "TCP_Listen_Drops_Per_Second"
	// TCPSYNCookies is how many connections per second were asked for while there was no room to remember them.
	TCPSYNCookies = "TCP_SYN_Cookies_Per_Second"
	// TCPMemoryAborts is how many connections per second were ended for want of memory.
	TCPMemoryAborts = "TCP_Memory_Aborts_Per_Second"
)

func tcpColumns() []string {
	return []string{
		TCPEstablished, TCPTimeWait, TCPOrphans, TCPMemoryMB, TCPOpened, TCPAccepted, TCPFailedAttempts, TCPRetransmits, TCPRetransmitPercent,
		TCPSYNRetransmits, TCPTimeouts, TCPResetsSent, TCPConnectionsReset, TCPListenOverflows, TCPListenDrops, TCPSYNCookies, TCPMemoryAborts,
	}
}
