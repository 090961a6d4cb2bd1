/*
 * How an issue is sent once, as a model for Spin: every order in which runners, crashes, a lost
 * answer, a stale list, the provider's clock, a hold and the reconcile job can meet.
 *
 *     spin -a -DRUNNERS=2 -DSTALE=1 docs/protocol/send.pml
 *     gcc -O2 -DSAFETY -DCOLLAPSE -o pan pan.c && ./pan -m100000
 *
 * `npm run bench -- model` does that for every variant that must hold and every one that must fail.
 *
 * What it stands for: src/delivery/send.ts (Runner), reserve.ts (verify, reserve, read back),
 * draft.ts and choice.ts (create, scan), ledger.ts (the receipt), and the jobs `hold` and
 * `verify --phase reconcile`. One issue, one attempt, one content.
 *
 * What it assumes. A read by id is never stale. The receipt is written once: writing and reading
 * what stands is one step. `send` and `cancel` are one step each at the provider. With the
 * reconcile job, that job looks at every reservation before its time.
 *
 * What it leaves out. Content and hashes, so also edits in the dashboard and second attempts; the
 * time of day, so a reservation may go out at any moment after it was made, which is worse than
 * life; waits, so nothing here rests on a wait being long enough.
 */

#ifndef RUNNERS
#define RUNNERS 2    /* processes that send the issue: people, CI jobs, cron that fires twice */
#endif
#ifndef CRASHES
#define CRASHES 2    /* how often any of them dies and is run again */
#endif
#ifndef LOST
#define LOST 1       /* requests whose answer is lost: done, done later, or never done */
#endif
#ifndef STALE
#define STALE 0      /* 1: the list of broadcasts shows anything that was ever true, or nothing */
#endif
#ifndef RECEIPT
#define RECEIPT 1    /* 0: no write-once receipt */
#endif
#ifndef SETTLE
#define SETTLE 1     /* 0: no second look at the list before the choice */
#endif
#ifndef FORGET
#define FORGET 0     /* 1: the receipt is lost once, at any moment, as by a restored backup */
#endif
#ifndef RERUN
#define RERUN 1      /* 0: nobody runs the command again after a crash */
#endif
#ifndef LATE
#define LATE 0       /* 1: a runner may sleep before `send` until its time is past, and the provider sends at once */
#endif
#ifndef RESENDS
#define RESENDS 0    /* 1: the provider sends again what was sent */
#endif
#ifndef HOLD
#define HOLD 0       /* 1: a person holds the issue by its mark; 2: by deleting the broadcast */
#endif
#ifndef WINDOW
#define WINDOW 0     /* 1: a reservation only goes out once the runner that made it has read back, or died */
#endif
#ifndef RECONCILE
#define RECONCILE 0  /* 1: the separate job that cancels strays and enforces holds */
#endif

/* Only a runner's run, and the one lost answer, can make a broadcast. */
#define MOST (RUNNERS + CRASHES + LOST)
#define NONE 255

/* Where a broadcast stands; slots are in order of creation, the oldest first. */
#define DRAFT 1
#define SCHEDULED 2
#define SENT 3
#define DELETED 4
byte state[MOST];
byte made;             /* how many there are */
byte receipt = NONE;   /* the broadcast the receipt names */
bool isMarked;         /* the name of the receipt's broadcast carries the mark of a hold */

bool isMailed;         /* readers have the issue */
bool isHeld;           /* a hold has said: nothing was sent, nothing will be */

byte crashed, lost, finished;
bool isOver;

/* A request under way that nobody waits for any more; it may reach the provider at any time. */
#define A_CREATE 254
byte underway = NONE;

#if WINDOW
byte unread;           /* runners between `send` and reading back */
#define WILL_READ unread++
#define HAS_READ unread--
#define IS_DUE (unread == 0)
#else
#define WILL_READ skip
#define HAS_READ skip
#define IS_DUE true
#endif

#if RECONCILE
bool isChecked[MOST];  /* the job has looked at this reservation */
#define MAY_GO(x) (state[x] == SCHEDULED && isChecked[x] && IS_DUE)
#define UNCHECK(x) isChecked[x] = false
#define IS_STRAY(x) (isMarked || (receipt != NONE && x != receipt))
#else
#define MAY_GO(x) (state[x] == SCHEDULED && IS_DUE)
#define UNCHECK(x) skip
#endif

/* The promises. Their names are what the bench reads in Spin's report. */
#define issue_goes_out_once !isMailed
#define hold_is_kept !isHeld
#define issue_is_not_lost (isMailed || HOLD != 0)

inline mail() {
	assert(issue_goes_out_once);
	assert(hold_is_kept);
	isMailed = true
}

/* ---- the provider ---- */

inline add() {
	assert(made < MOST);
	state[made] = DRAFT;
	made++
}

/* `send`: only a draft may be sent. A time that is past goes out at once where LATE is set. */
inline accept(x, isPast) {
	if
	:: state[x] == DRAFT && isPast -> state[x] = SENT; mail()
	:: state[x] == DRAFT && !isPast -> state[x] = SCHEDULED; UNCHECK(x)
	:: state[x] == SENT && RESENDS -> mail()
	:: else -> skip
	fi
}

/* What a scan ends in: the broadcast to go on with. A live one comes before the oldest draft. */
inline scan(x) {
	atomic {
		if
		:: STALE ->
			/* Whatever is missing or old in the list, the choice is one that exists, or none. */
			x = 0;
			do
			:: x < made -> break
			:: x < made -> x++
			:: true -> x = NONE; break
			od
		:: !STALE ->
			x = 0;
			do
			:: x < made && state[x] != SCHEDULED && state[x] != SENT -> x++
			:: else -> break
			od;
			if
			:: x < made -> skip
			:: else ->
				x = 0;
				do
				:: x < made && state[x] != DRAFT -> x++
				:: else -> break
				od;
				if
				:: x < made -> skip
				:: else -> x = NONE
				fi
			fi
		fi
	}
}

/* ---- a runner ---- */

/* After each write a runner may die. Run again it knows nothing but what is written down. */
#define MAY_CRASH(leaving) if \
	:: atomic { crashed < CRASHES -> crashed++; leaving; id = NONE; seen = NONE; isMine = false }; \
		if :: RERUN -> goto begin :: !RERUN -> goto end fi \
	:: skip \
	fi

active [RUNNERS] proctype Runner() {
	byte id = NONE;      /* the broadcast it goes on with */
	byte seen = NONE;    /* what the second look shows */
	bool isMine = false; /* it made that broadcast in this very run */

begin:
	scan(id);
	atomic {
		if
		:: RECEIPT && receipt != NONE -> id = receipt; goto verify
		:: else -> skip
		fi
	};
	if
	:: id != NONE -> goto settle
	:: else -> skip
	fi;

create:
	if
	:: atomic { id = made; isMine = true; add() }
	:: atomic { lost < LOST -> lost++; add() }
	:: atomic { lost < LOST -> lost++; underway = A_CREATE }
	fi;
	MAY_CRASH(skip);
	if
	:: isMine -> skip
	:: else ->
		/* The answer was lost: look, and only then ask again. */
		scan(id);
		if
		:: id == NONE -> goto create
		:: else -> skip
		fi
	fi;

settle:
	/* A broadcast that is already out is not looked at twice in the program. Here it is: the second
	   look may show the same, so this covers that. */
#if SETTLE
	scan(seen);
	atomic {
		if
		:: seen != NONE -> id = seen
		:: seen == NONE && !isMine && crashed < CRASHES ->
			/* It was listed and then was not: the program stops and is run again. */
			crashed++; id = NONE; goto begin
		:: else -> skip
		fi;
		seen = NONE
	};
#endif
	atomic {
		isMine = false;
		if
		:: RECEIPT && receipt == NONE -> receipt = id
		:: RECEIPT && receipt != NONE -> id = receipt
		:: !RECEIPT -> skip
		fi
	};
	MAY_CRASH(skip);

verify:
	/* Out already, gone, or held: there is nothing left to do. */
	if
	:: state[id] != DRAFT || isMarked -> goto end
	:: else -> skip
	fi;

reserve:
	if
	:: atomic { accept(id, false); WILL_READ }
	:: atomic { LATE -> accept(id, true); WILL_READ }
	:: atomic { lost < LOST -> lost++; accept(id, false); WILL_READ }
	:: atomic { lost < LOST -> lost++; underway = id; WILL_READ }
	fi;
	MAY_CRASH(HAS_READ);
	/* Reading back; what a hold has marked meanwhile is taken back. */
	atomic {
		if
		:: state[id] == DRAFT && !isMarked -> HAS_READ; goto reserve
		:: isMarked && state[id] == SCHEDULED -> skip
		:: else -> HAS_READ; goto end
		fi
	};
	atomic {
		if
		:: state[id] == SCHEDULED -> state[id] = DRAFT
		:: else -> skip
		fi;
		HAS_READ
	};

end:
	atomic { id = NONE; finished++ }
}

/* ---- the world ---- */

/* The provider's clock: what is scheduled goes out, in any order, at any time. */
active proctype Clock() {
	byte x = 0;
	do
	:: atomic {
		x = 0;
		do
		:: x < made && MAY_GO(x) -> state[x] = SENT; x = 0; mail(); break
		:: x < made -> x++
		:: x >= made -> x = 0; break
		od
	}
	:: atomic {
		finished == RUNNERS + (HOLD != 0) -> x = 0;
		do
		:: x < made && state[x] != SCHEDULED -> x++
		:: else -> break
		od;
		if
		:: x == made -> break
		:: else -> x = 0
		fi
	}
	od;
	assert(issue_is_not_lost);
	isOver = true
}

#if LOST
/* The wire: a request nobody waits for arrives late. Where it never does, it stays here. */
active proctype Wire() {
	do
	:: atomic { underway == A_CREATE -> underway = NONE; add() }
	:: atomic { underway != NONE && underway != A_CREATE -> accept(underway, false); underway = NONE }
#if LATE
	:: atomic { underway != NONE && underway != A_CREATE -> accept(underway, true); underway = NONE }
#endif
	:: isOver -> break
	od
}
#endif

#if FORGET
active proctype Backup() {
	if
	:: atomic { receipt != NONE -> receipt = NONE }
	:: isOver -> skip
	fi
}
#endif

#if RECONCILE
active proctype Reconcile() {
	byte x = 0;
	do
	:: atomic {
		!isOver -> x = 0;
		do
		:: x < made && state[x] == SCHEDULED && IS_STRAY(x) -> state[x] = DRAFT; break
		:: x < made && state[x] == SCHEDULED && !IS_STRAY(x) -> isChecked[x] = true; break
		:: x < made -> x++
		:: x >= made -> break
		od;
		x = 0
	}
	:: isOver -> break
	od
}
#endif

#if HOLD
/* Cancel, mark, look; again until a draft with the mark is seen, or it is out. */
active proctype Hold() {
	receipt != NONE;
#if HOLD == 2
	/* A deleted broadcast cannot be sent by anyone. */
	isMarked = true;
	atomic {
		if
		:: state[receipt] == DRAFT || state[receipt] == SCHEDULED -> state[receipt] = DELETED; isHeld = true
		:: else -> skip
		fi
	};
#else
again:
	atomic {
		if
		:: state[receipt] == SCHEDULED -> state[receipt] = DRAFT
		:: else -> skip
		fi
	};
	/* A scheduled broadcast may refuse to be renamed. */
	atomic {
		if
		:: state[receipt] == DRAFT -> isMarked = true
		:: else -> skip
		fi
	};
	atomic {
		if
		:: state[receipt] == DRAFT && isMarked -> isHeld = true
		:: state[receipt] == SENT -> skip
		:: else -> goto again
		fi
	};
#endif
	finished++
}
#endif
