//go:build linux || netbsd || openbsd

package oskeyring

import (
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"
	ss "github.com/zalando/go-keyring/secret_service"
)

// Properties of a collection and of an item, as the Secret Service API has them.
const (
	collectionLocked = "org.freedesktop.Secret.Collection.Locked"
	itemLocked       = "org.freedesktop.Secret.Item.Locked"
)

// secretService is the Secret Service on the session bus. Secrets are read here call by call,
// since go-keyring has a dialog put up for a locked collection.
type secretService struct{ getenv func(string) string }

// System returns the keyring of this system, as the environment has it.
func System(getenv func(string) string) Backend { return secretService{getenv} }

// bus connects to the session bus if there is one: the library would start one.
func (s secretService) bus() (*ss.SecretService, error) {
	if s.getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		if _, err := os.Stat(filepath.Join(s.getenv("XDG_RUNTIME_DIR"), "bus")); err != nil || s.getenv("XDG_RUNTIME_DIR") == "" {
			return nil, ErrNone
		}
	}
	svc, err := ss.NewSecretService()
	if err != nil {
		return nil, ErrNone
	}
	return svc, nil
}

// unlocked returns the collection of the person's login, unless it is locked.
func (s secretService) unlocked(svc *ss.SecretService) (dbus.BusObject, error) {
	collection := svc.GetLoginCollection()
	return collection, isLocked(collection, collectionLocked)
}

// isLocked returns [ErrLocked] if the property says so, nil for what is open.
func isLocked(object dbus.BusObject, property string) error {
	locked, err := object.GetProperty(property)
	if err != nil {
		return ErrNone
	}
	if is, ok := locked.Value().(bool); !ok || is {
		return ErrLocked
	}
	return nil
}

// Get returns a secret of an open collection.
func (s secretService) Get(name string, _ bool) (string, error) {
	svc, err := s.bus()
	if err != nil {
		return "", err
	}
	collection, err := s.unlocked(svc)
	if err != nil {
		return "", err
	}
	items, err := svc.SearchItems(collection, map[string]string{"username": name, "service": service})
	switch {
	case err != nil:
		return "", ErrNone
	case len(items) == 0:
		return "", ErrNotFound
	}
	if err := isLocked(svc.Object(collection.Destination(), items[0]), itemLocked); err != nil {
		return "", err
	}
	session, err := svc.OpenSession()
	if err != nil {
		return "", ErrNone
	}
	defer svc.Close(session)
	secret, err := svc.GetSecret(items[0], session.Path())
	if err != nil {
		return "", ErrNone
	}
	return string(secret.Value), nil
}

// Set stores a secret in an open collection.
func (s secretService) Set(name, secret string) error {
	return s.change(func() error { return keyring.Set(service, name, secret) })
}

// Delete removes a secret from an open collection.
func (s secretService) Delete(name string) error {
	return s.change(func() error { return keyring.Delete(service, name) })
}

// change calls a function of go-keyring if the collection is open: for a locked one it would
// ask the person.
func (s secretService) change(with func() error) error {
	svc, err := s.bus()
	if err == nil {
		_, err = s.unlocked(svc)
	}
	if err != nil {
		return err
	}
	return plain(with())
}
