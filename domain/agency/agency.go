// Package agency names who acts: the agencies of the district, the roles their
// people hold, and the actor behind every change. Names of authorities are
// data, because other districts call the commission by another name.
package agency

// ID is the identifier of an agency, a short code such as "civil-affairs".
type ID string

// Kind says under which head the measure reaches the agency.
type Kind string

// The kinds of agencies.
const (
	Government  Kind = "government"   // a government department: TL binds it, its terms are 法定
	PublicBody  Kind = "public_body"  // 具有公共管理和服务职能的其他机构
	ByReference Kind = "by_reference" // Article 47: 参照执行
)

// Agency is one 公共管理和服务机构. Article 3, 47.
type Agency struct {
	ID   ID
	Name string
	Kind Kind
}

// Role is what a person may do in the name of an agency. Roles are assigned in
// the domain of one agency, or district-wide ("*") for the commission's desks.
type Role string

// The roles. 经办 drafts and 负责人 signs (correction 2 of the requirements).
const (
	Clerk             Role = "clerk"              // 经办, of his own agency
	Head              Role = "head"               // 负责人, of his own agency
	CommissionOfficer Role = "commission_officer" // 主管部门经办
	CommissionHead    Role = "commission_head"    // 主管部门负责人
	DataCenter        Role = "data_center"        // 大数据中心
	Supervisor        Role = "supervisor"         // 日常监督 (43)
	Auditor           Role = "auditor"            // reads every case, acts on none
	Administrator     Role = "administrator"      // accounts and roles, no part in any case
)

// Roles lists every role.
func Roles() []Role {
	return []Role{Clerk, Head, CommissionOfficer, CommissionHead, DataCenter, Supervisor, Auditor, Administrator}
}

// District says whether the role is one of the district's desks, which is held
// only in the domain "*"; every other role is held only in an agency's domain.
func (r Role) District() bool {
	switch r {
	case CommissionOfficer, CommissionHead, DataCenter, Supervisor, Auditor, Administrator:
		return true
	case Clerk, Head:
	}
	return false
}

// ActorKind tells people from machines. Only people decide.
type ActorKind string

// The kinds of actors.
const (
	Human  ActorKind = "human"
	System ActorKind = "system"
)

// Actor is who is behind a change. Account and agency are opaque identifiers:
// an actor travels through the engine and carries no personal data.
type Actor struct {
	Kind    ActorKind `json:"kind"`
	Account string    `json:"account"`
	Agency  ID        `json:"agency"`
	// Roles are the roles held when the act began, sorted: the principal's while
	// acting for one, never more.
	Roles []Role `json:"roles,omitempty"`
	// Principal is the account acted for (AB角, 代理); empty when acting as oneself.
	Principal string `json:"principal,omitempty"`
}

// Standing is the account in whose place the actor stands: his principal's, or his own.
func (a Actor) Standing() string {
	if a.Principal != "" {
		return a.Principal
	}
	return a.Account
}

// Is says whether the account is the actor or the one he acts for. What one of
// them has done counts for both.
func (a Actor) Is(account string) bool {
	return account != "" && (account == a.Account || account == a.Principal)
}

// SystemActor is the machine acting under a name, such as "clock".
func SystemActor(name string) Actor { return Actor{Kind: System, Account: name} }

// Holds says whether the actor holds the role.
func (a Actor) Holds(role Role) bool {
	for _, r := range a.Roles {
		if r == role {
			return true
		}
	}
	return false
}
